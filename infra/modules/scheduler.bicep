@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Ends the names of resources, so that they are unique.')
param token string

@description('Networks that may reach the scheduler. Identity is asked for in any case; an empty list lets nobody in.')
param ipAllowlist string[]

resource scheduler 'Microsoft.DurableTask/schedulers@2025-11-01' = {
  name: 'dts-${token}'
  location: location
  tags: tags
  properties: {
    sku: {
      name: 'Consumption'
    }
    ipAllowlist: ipAllowlist
  }
}

resource taskHub 'Microsoft.DurableTask/schedulers/taskHubs@2025-11-01' = {
  parent: scheduler
  name: 'trainyard'
}

output name string = scheduler.name
output endpoint string = scheduler.properties.endpoint
output taskHubName string = taskHub.name
