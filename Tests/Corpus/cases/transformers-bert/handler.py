"""Transformers without a tensor library: configurations and a fast tokenizer, lazily imported."""

import os
import tempfile

from transformers import AutoConfig, AutoTokenizer, BertConfig, BertTokenizerFast, GPT2Config


def handler(event, context):
    with tempfile.TemporaryDirectory() as folder:
        words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "tea", "##pot", "red", "."]
        path = os.path.join(folder, "vocab.txt")
        with open(path, "w") as file:
            file.write("\n".join(words))
        tokenizer = BertTokenizerFast(vocab=path)
        tokenizer.save_pretrained(folder)
        BertConfig(hidden_size=12, num_attention_heads=3, num_hidden_layers=2).save_pretrained(folder)
        config = AutoConfig.from_pretrained(folder)
        again = AutoTokenizer.from_pretrained(folder)
        encoded = again(event["texts"], padding=True)
    return {
        "ids": encoded["input_ids"], "mask": encoded["attention_mask"],
        "tokens": tokenizer.tokenize(event["texts"][0]), "type": config.model_type, "size": config.hidden_size,
        "class": type(again).__name__.startswith("Bert"), "gpt": GPT2Config(n_layer=3).n_layer,
    }
