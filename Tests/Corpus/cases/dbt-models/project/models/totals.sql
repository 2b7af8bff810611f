select customer, sum(cents) / 100.0 as total,
  case {% for name, least in {"large": 100, "small": 0}.items() %} when sum(cents) >= {{ least * 100 }} then '{{ name }}' {% endfor %} end as level,
  {{ dbt.string_literal(modules.datetime.date(2024, 1, 1).isoformat()) }} as since
from {{ ref('stg_orders') }} group by customer
