% rebase("base", title=name)
<ul>
% for item in items:
<li>{{item}}</li>
% end
</ul>
