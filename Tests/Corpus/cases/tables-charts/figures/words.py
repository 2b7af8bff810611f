from wordcloud import STOPWORDS, WordCloud


def draw(sales, extra):
    cloud = WordCloud(width=300, height=150, random_state=7, stopwords=STOPWORDS | set(extra), colormap="plasma", collocations=True)
    image = cloud.generate(" ".join(sales["note"]))
    return {"words": sorted(image.words_), "size": list(image.to_image().size), "svg": image.to_svg().count("<text")}
