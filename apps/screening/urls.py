"""Addresses of the lists at the desk."""

from django.urls import path

from apps.screening.views import employees, words

app_name = "screening"
urlpatterns = [
    path("desk/protected-employees/", employees.employee_list, name="employee-list"),
    path("desk/protected-employees/add/", employees.employee_add, name="employee-add"),
    path("desk/protected-employees/import/", employees.employee_import, name="employee-import"),
    path("desk/protected-employees/<int:employee_id>/", employees.employee_edit, name="employee-edit"),
    path("desk/protected-employees/<int:employee_id>/end/", employees.employee_end, name="employee-end"),
    path("desk/words/", words.word_list, name="word-list"),
    path("desk/words/add/", words.word_add, name="word-add"),
    path("desk/words/<int:word_id>/", words.word_edit, name="word-edit"),
    path("desk/words/<int:word_id>/end/", words.word_end, name="word-end"),
]
