<h1>{{title}}</h1>
{{!base}}
