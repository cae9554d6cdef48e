"""Tests of xlwings Lite: scripts run by the code that a built workbook carries, their actions applied by the real client."""
