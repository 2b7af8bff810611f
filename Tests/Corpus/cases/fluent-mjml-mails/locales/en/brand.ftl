-brand = Shop
nothing = { -brand }
