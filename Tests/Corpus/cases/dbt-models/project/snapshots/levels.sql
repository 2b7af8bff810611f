{% snapshot levels %}
{{ config(unique_key='customer', strategy='check', check_cols=['level'], target_schema='main') }}
select customer, level from {{ ref('totals') }}
{% endsnapshot %}
