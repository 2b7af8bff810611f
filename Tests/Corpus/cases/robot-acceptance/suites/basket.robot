*** Settings ***
Resource          ../resources/shop.resource
Test Template     Price For

*** Test Cases ***    ITEM    COUNT    PRICE
One Apple             apple    1    0.45
Two Pears             pear     2    1.20
No Plums              plum     1    0.30
    [Tags]    stock    robot:skip-on-failure
