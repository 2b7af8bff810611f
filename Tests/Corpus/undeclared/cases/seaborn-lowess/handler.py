import matplotlib

matplotlib.use("Agg")
import seaborn as sns  # noqa: E402


def handler(event, context):
    axes = sns.regplot(x=event["x"], y=event["y"], lowess=True, ci=None)
    line = axes.lines[0]
    return {"points": len(line.get_xdata()), "first": round(float(line.get_ydata()[0]), 2)}
