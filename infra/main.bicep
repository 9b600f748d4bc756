targetScope = 'subscription'

@description('Name of the azd environment; the resource group and the tags bear it, and all names are derived from it.')
@minLength(1)
@maxLength(64)
param environmentName string

@description('Azure region, one that has Flex Consumption.')
@minLength(1)
param location string

@description('The operator\'s key: 43 characters or more. It is kept in the key vault. Empty for an app that is opened by the tokens of an identity provider alone.')
@secure()
param operatorKey string = ''

@description('Address of the identity provider whose tokens are accepted, letter by letter as it stands in them; empty for none.')
param tokenIssuer string = ''

@description('What those tokens are made out to.')
param tokenAudience string = ''

@description('Further app settings by name, such as { Trainyard__Limits__PredictPerSecond: \'5000\' }.')
param settings object = {}

@description('Memory of an instance in megabytes. Training holds a table and its model in it.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('Instances at most, and so a bound on what a day can cost.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('HTTP requests that an instance takes at once before the platform adds another. Above what an instance of 2 GB gets by itself (16), as a prediction takes less than a millisecond.')
@minValue(1)
@maxValue(1000)
param httpConcurrency int = 64

@description('Instances that are kept ready for HTTP requests at all times; 0 lets the app scale to none, with a cold start for whoever comes first.')
@minValue(0)
@maxValue(100)
param readyInstances int = 0

@description('Replication of the storage account: LRS within one data centre, ZRS over the zones of the region.')
@allowed(['Standard_LRS', 'Standard_ZRS'])
param storageSku string = 'Standard_LRS'

@description('Days that a deleted blob or container can be brought back.')
@minValue(1)
@maxValue(365)
param softDeleteDays int = 7

@description('Whether a deleted key vault stays until its time is over. It cannot be taken back, and keeps the names from being used again for a week.')
param purgeProtection bool = false

@description('Days that logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('Gigabytes of logs a day after which no more are taken until the next day.')
@minValue(1)
param logDailyQuotaGb int = 1

@description('Whether storage, key vault and Azure OpenAI are reached through a virtual network alone.')
param privateNetwork bool = false

@description('Addresses of that network: a /24 or larger.')
param networkPrefix string = '10.42.0.0/24'

@description('Whether orchestrations are kept in a Durable Task Scheduler instead of the storage account.')
param durableTaskScheduler bool = false

@description('Networks that may reach that scheduler. Identity is asked for in any case.')
param schedulerIpAllowlist string[] = ['0.0.0.0/0']

@description('Whether there is an Azure OpenAI account.')
param openAi bool = false

@description('The models in that account, each as { name, model, version, skuName, capacity }, with the capacity in thousands of tokens a minute. Which there are, and until when, differs by region and month.')
param openAiDeployments array = []

@description('Who is written to about alerts and costs; empty for nobody, and then there are neither.')
param alertEmail string = ''

@description('What the resource group may cost a month, in the currency of the bill.')
@minValue(1)
param monthlyBudget int = 50

@description('First day of the month that the budget began in, as 2026-01-01, the same at every deployment. Empty for no budget.')
param budgetStart string = ''

var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = {
  'azd-env-name': environmentName
}
var packageContainer = 'app-package'
var containers = ['datasets', 'artifacts', 'batches', 'predictions', 'sketches', 'media', 'imports']
var queues = ['pipeline-triggers', 'training-requests', 'prediction-requests', 'feedback', 'alerts']

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  name: 'identity'
  scope: group
  params: {
    location: location
    tags: tags
    token: token
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    retentionDays: logRetentionDays
    dailyQuotaGb: logDailyQuotaGb
  }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    skuName: storageSku
    containers: concat([packageContainer], containers)
    queues: queues
    isPrivate: privateNetwork
    softDeleteDays: softDeleteDays
    workspaceId: monitoring.outputs.workspaceId
  }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    operatorKey: operatorKey
    purgeProtection: purgeProtection
    isPrivate: privateNetwork
    workspaceId: monitoring.outputs.workspaceId
  }
}

module models 'modules/openai.bicep' = if (openAi) {
  name: 'openai'
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    deployments: openAiDeployments
    isPrivate: privateNetwork
    workspaceId: monitoring.outputs.workspaceId
  }
}

module scheduler 'modules/scheduler.bicep' = if (durableTaskScheduler) {
  name: 'scheduler'
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    ipAllowlist: schedulerIpAllowlist
  }
}

module roles 'modules/roles.bicep' = {
  name: 'roles'
  scope: group
  params: {
    principalId: identity.outputs.principalId
    storageName: storage.outputs.name
    insightsName: monitoring.outputs.insightsName
    vaultName: vault.outputs.name
    openAiName: openAi ? models!.outputs.name : ''
    schedulerName: durableTaskScheduler ? scheduler!.outputs.name : ''
  }
}

module network 'modules/network.bicep' = if (privateNetwork) {
  name: 'network'
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    addressPrefix: networkPrefix
    storageId: storage.outputs.id
    vaultId: vault.outputs.id
    openAiId: openAi ? models!.outputs.id : ''
  }
}

module app 'modules/function-app.bicep' = {
  name: 'function-app'
  scope: group
  // Without its roles the app would start in vain.
  dependsOn: [roles]
  params: {
    location: location
    tags: tags
    token: token
    serviceName: 'api'
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageName: storage.outputs.name
    packageContainer: packageContainer
    insightsName: monitoring.outputs.insightsName
    operatorKeyUri: empty(operatorKey) ? '' : vault.outputs.operatorKeyUri
    tokenIssuer: tokenIssuer
    tokenAudience: tokenAudience
    schedulerEndpoint: durableTaskScheduler ? scheduler!.outputs.endpoint : ''
    taskHubName: durableTaskScheduler ? scheduler!.outputs.taskHubName : ''
    settings: settings
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    httpConcurrency: httpConcurrency
    readyInstances: readyInstances
    subnetId: privateNetwork ? network!.outputs.appSubnetId : ''
  }
}

module alerts 'modules/alerts.bicep' = if (!empty(alertEmail)) {
  name: 'alerts'
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    email: alertEmail
    workspaceId: monitoring.outputs.workspaceId
    storageId: storage.outputs.id
  }
}

module budget 'modules/budget.bicep' = if (!empty(alertEmail) && !empty(budgetStart)) {
  name: 'budget'
  scope: group
  params: {
    token: token
    amount: monthlyBudget
    startDate: budgetStart
    email: alertEmail
  }
}

// azd keeps these in the environment, where scripts find them.
output AZURE_LOCATION string = location
output AZURE_RESOURCE_GROUP string = group.name
output AZURE_FUNCTION_APP_NAME string = app.outputs.name
output AZURE_STORAGE_ACCOUNT_NAME string = storage.outputs.name
output AZURE_KEY_VAULT_NAME string = vault.outputs.name
output AZURE_LOG_ANALYTICS_WORKSPACE_NAME string = monitoring.outputs.workspaceName
output AZURE_OPENAI_ENDPOINT string = openAi ? models!.outputs.endpoint : ''
output TRAINYARD_URI string = app.outputs.uri
