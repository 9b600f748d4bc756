@description('Ends the names of resources, so that they are unique.')
param token string

@description('What the resource group may cost a month, in the currency of the bill.')
@minValue(1)
param amount int

@description('First day of the month that the budget began in, as 2026-01-01. The service takes the month of its creation or a later one, and never lets it change.')
param startDate string

@description('Who is written to.')
param email string

resource budget 'Microsoft.Consumption/budgets@2023-11-01' = {
  name: 'budget-${token}'
  properties: {
    category: 'Cost'
    amount: amount
    timeGrain: 'Monthly'
    timePeriod: {
      startDate: startDate
    }
    notifications: {
      spent80: {
        enabled: true
        operator: 'GreaterThanOrEqualTo'
        threshold: 80
        thresholdType: 'Actual'
        contactEmails: [email]
      }
      expected100: {
        enabled: true
        operator: 'GreaterThanOrEqualTo'
        threshold: 100
        thresholdType: 'Forecasted'
        contactEmails: [email]
      }
    }
  }
}
