<%inherit file="base.mako"/>
% for n in names:
<b>${n}</b>
% endfor
