"""Ethereum without a node: accounts and signatures, a chain in memory, a contract, typed data."""

from eth_abi import decode, encode
from eth_account import Account
from eth_account.hdaccount.mnemonic import Language
from eth_account.messages import encode_defunct, encode_typed_data
from eth_tester import EthereumTester, PyEVMBackend
from eth_tester.exceptions import TransactionFailed
from eth_utils import keccak, to_checksum_address
from web3 import EthereumTesterProvider, Web3
from web3.exceptions import ContractLogicError, TimeExhausted
from web3.middleware import SignAndSendRawMiddlewareBuilder

# A contract that answers every call with what its storage has at 0, and stores what it is sent: by hand, in the machine's own code.
RUNTIME = "3615600c57600035600055005b60005460005260206000f3"
ABI = [
    {"type": "constructor", "inputs": []}, {"type": "function", "name": "set", "stateMutability": "nonpayable", "inputs": [{"name": "v", "type": "uint256"}], "outputs": []},
    {"type": "event", "name": "Sent", "anonymous": False, "inputs": [{"name": "to", "type": "address", "indexed": True}, {"name": "value", "type": "uint256", "indexed": False}]},
]


def accounts(event):
    Account.enable_unaudited_hdwallet_features()
    first = Account.from_mnemonic(event["mnemonic"], account_path="m/44'/60'/0'/0/0")
    made, phrase = Account.create_with_mnemonic(num_words=12, language=Language.SPANISH)
    signed = first.sign_message(encode_defunct(text=event["text"]))
    locked = Account.encrypt(first.key, "p", kdf="pbkdf2", iterations=10)
    typed = encode_typed_data({"name": "Shop", "chainId": 1}, {"Order": [{"name": "id", "type": "uint256"}, {"name": "who", "type": "address"}]}, {"id": 7, "who": first.address})
    raw = first.sign_transaction({"to": first.address, "value": 1, "gas": 21000, "maxFeePerGas": 10, "maxPriorityFeePerGas": 1, "nonce": 0, "chainId": 1, "accessList": []})
    return first, {
        "address": first.address, "words": len(phrase.split()), "signature": signed.signature.hex()[:16], "recovered": Account.recover_message(encode_defunct(text=event["text"]), signature=signed.signature) == first.address,
        "unlocked": Account.decrypt(locked, "p") == bytes(first.key), "typed": Account.sign_message(typed, first.key).r % 1000, "raw": raw.hash.hex()[:12], "sender": Account.recover_transaction(raw.raw_transaction) == first.address, "again": Account.from_mnemonic(phrase).address == made.address,
    }


def chain(owner):
    tester = EthereumTester(PyEVMBackend.from_mnemonic("test test test test test test test test test test test junk"))
    w3 = Web3(EthereumTesterProvider(tester))
    rich = w3.eth.accounts[0]
    receipt = w3.eth.wait_for_transaction_receipt(w3.eth.send_transaction({"from": rich, "to": owner.address, "value": w3.to_wei(2, "ether")}))
    w3.middleware_onion.inject(SignAndSendRawMiddlewareBuilder.build(owner), layer=0)
    init = f"60{len(RUNTIME) // 2:02x}80600b6000396000f3" + RUNTIME
    deployed = w3.eth.wait_for_transaction_receipt(w3.eth.send_transaction({"from": owner.address, "data": "0x" + init, "gas": 200000}))
    address = deployed["contractAddress"]
    contract = w3.eth.contract(address=address, abi=ABI)
    w3.eth.wait_for_transaction_receipt(w3.eth.send_transaction({"from": owner.address, "to": address, "data": encode(["uint256"], [41]), "gas": 90000}))
    stored = decode(["uint256"], w3.eth.call({"to": address}))[0]
    try:
        w3.eth.call({"from": rich, "data": "0x60006000fd"})
    except (ContractLogicError, TransactionFailed) as error:
        reverted = type(error).__name__
    tester.time_travel(tester.get_block_by_number("latest")["timestamp"] + 60)
    tester.mine_blocks(2)
    return {
        "rich": rich, "gas": receipt["gasUsed"], "balance": w3.eth.get_balance(owner.address) < w3.to_wei(2, "ether"), "stored": stored, "code": w3.eth.get_code(address).hex(), "reverted": reverted,
        "block": w3.eth.block_number, "data": contract.encode_abi("set", [5])[:10], "topic": contract.events.Sent.build_filter().topics[0][:10], "chain": w3.eth.chain_id, "client": w3.client_version.split("/")[0], "ens": type(w3.ens).__name__, "nonce": w3.eth.get_transaction_count(owner.address), "error": TimeExhausted.__name__,
    }


def handler(event, context):
    owner, said = accounts(event)
    packed = Web3.solidity_keccak(["uint8", "string"], [1, "a"]).hex()[:12]
    return {"accounts": said, "chain": chain(owner), "packed": packed, "checksum": to_checksum_address("0x" + keccak(text="shop").hex()[:40]), "list": decode(["string[]"], encode(["string[]"], [["a", "b"]]))[0][1], "units": str(Web3.from_wei(1500, "kwei"))}
