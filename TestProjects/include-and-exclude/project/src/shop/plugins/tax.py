import shop.rates
