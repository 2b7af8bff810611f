{% for n in range(5) %}{% if n == 2 %}{% break %}{% endif %}VALUE_{{ n }} = {{ n }}
{% endfor %}
