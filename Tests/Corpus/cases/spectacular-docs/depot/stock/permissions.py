from rest_framework.permissions import SAFE_METHODS, BasePermission


class DeskOrReadOnly(BasePermission):
    message = "Only from the desk."

    def has_permission(self, request, view):
        return request.method in SAFE_METHODS or request.headers.get("X-Desk") == "7"
