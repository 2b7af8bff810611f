{{ config(tags=["daily"]) }}
select id, customer, {{ cents('amount') }} as cents, cast(day as date) as day
from {{ ref('orders') }}
where amount >= {{ var('least') }}
