*** Settings ***
Resource          ../resources/shop.resource

*** Test Cases ***
Receipt In Capitals
    Receipt Should Read    APPLE|PEAR    @{FRUITS}    lang=de
    Lists Should Be Equal    ${FRUITS}    ${{['apple', 'pear']}}
    ${last} =    Get From List    ${FRUITS}    -1
    Should Match Regexp    ${last}    ^p\\w+m?r$

Dates And Loops
    [Documentation]    Control structures and the DateTime library.
    [Tags]    slow
    ${day} =    Convert Date    ${DEPOT}[since]    result_format=%d.%m.%Y
    Should Be Equal    ${day}    01.05.2019
    ${later} =    Add Time To Date    ${DEPOT}[since]    2 days 3 hours
    Should Start With    ${later}    2019-05-03 03:00
    FOR    ${index}    ${fruit}    IN ENUMERATE    @{FRUITS}    start=1
        IF    ${index} == 2    CONTINUE
        Log    ${index}: ${fruit}
    END
    ${n} =    Set Variable    ${0}
    WHILE    ${n} < 3    limit=5
        ${n} =    Evaluate    ${n} + 1
    END
    Should Be Equal As Integers    ${n}    3

Xml Feed
    ${root} =    Parse Xml    <feed><item id="1">apple</item><item id="2">pear</item></feed>
    ${texts} =    Get Elements Texts    ${root}    item
    Should Be Equal    ${texts}    ${FRUITS}
    Element Attribute Should Be    ${root}    id    2    xpath=item[2]

Errors Are Told
    TRY
        Put 3 pear In The Basket
    EXCEPT    OutOfStock: *    type=GLOB    AS    ${error}
        Should Contain    ${error}    only 2
    FINALLY
        Set Test Message    handled
    END

Wrong Total
    Put 1 apple In The Basket
    ${total} =    Basket Total    discount=10    on=2024-02-02
    Should Be Equal    ${total}    0.45 CHF

Files
    Create File    ${TEMPDIR}/shop/a.txt    apple\npear\n
    ${text} =    Get File    ${TEMPDIR}/shop/a.txt
    ${count} =    Get Line Count    ${text}
    Should Be Equal    ${count}    ${2}
    Should Be Equal    ${HOST}    blue.shop.example
