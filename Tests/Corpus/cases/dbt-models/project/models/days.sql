{{ config(materialized='incremental', unique_key='day', incremental_strategy='delete+insert') }}
select day, count(*) as n, {{ dbt.datediff("min(day)", "cast('2024-12-31' as date)", "day") }} as left_over
from {{ ref('stg_orders') }}
{% if is_incremental() %} where day > (select max(day) from {{ this }}) {% endif %}
group by day
