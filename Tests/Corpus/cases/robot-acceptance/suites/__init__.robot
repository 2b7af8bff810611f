*** Settings ***
Documentation     Acceptance of the shop
Suite Setup       Set Suite Variable    ${OPENED}    yes    children=true
Test Tags         acceptance
