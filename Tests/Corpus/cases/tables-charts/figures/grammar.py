import io

import plotnine as p9
from plotnine.data import mtcars


def draw(sales, theme, formats):
    plot = (
        p9.ggplot(sales, p9.aes("day", "amount", color="shop", fill="shop"))
        + p9.geom_col(position="dodge", alpha=0.4)
        + p9.geom_smooth(method="lm", se=False)
        + p9.scale_x_date(date_labels="%d %b") + p9.scale_fill_brewer(type="qual", palette="Set2") + p9.scale_color_cmap_d("viridis")
        + p9.facet_wrap("shop") + getattr(p9, f"theme_{theme}")() + p9.labs(title="Sales", y="EUR")
    )
    sizes = {}
    for kind in formats:
        out = io.BytesIO()
        plot.save(out, format=kind, verbose=False, width=5, height=3, dpi=80)
        sizes[kind] = [out.getvalue()[:4].decode("latin1"), len(out.getvalue()) > 2000]
    stats = p9.ggplot(mtcars, p9.aes("factor(cyl)", "mpg")) + p9.stat_summary(fun_data="mean_cl_normal")
    stats.save(io.BytesIO(), format="svg", verbose=False)
    return {"sizes": sizes, "cars": len(mtcars)}
