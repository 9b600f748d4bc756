@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Ends the names of resources, so that they are unique.')
param token string

@description('Name of the service in azure.yaml that is deployed to the app.')
param serviceName string

@description('Resource id of the app\'s identity.')
param identityId string

@description('Client id of the app\'s identity.')
param identityClientId string

@description('Name of the storage account.')
param storageName string

@description('Name of the blob container that the deployed package lies in.')
param packageContainer string

@description('Name of the Application Insights component.')
param insightsName string

@description('Address of the secret with the operator\'s key; empty for none.')
param operatorKeyUri string

@description('Address of the identity provider whose tokens are accepted; empty for none.')
param tokenIssuer string

@description('What those tokens are made out to.')
param tokenAudience string

@description('Endpoint of the Durable Task Scheduler; empty keeps orchestrations in the storage account.')
param schedulerEndpoint string

@description('Task hub in the scheduler.')
param taskHubName string

@description('Further app settings by name, which win over those set here.')
param settings object

@description('Memory of an instance in megabytes.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int

@description('Instances at most.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int

@description('HTTP requests that an instance takes at once before the platform adds another.')
@minValue(1)
@maxValue(1000)
param httpConcurrency int

@description('Instances that are kept ready for HTTP requests at all times; 0 lets the app scale to none.')
@minValue(0)
@maxValue(100)
param readyInstances int

@description('Resource id of the subnet that the app calls out of; empty for the public network.')
param subnetId string

resource storage 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: storageName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

// The settings of local.settings.sample.json, whose defaults are not repeated, and those that only the cloud has.
var baseSettings = {
  AzureWebJobsDisableHomepage: 'true'
  AzureWebJobsStorage__blobServiceUri: storage.properties.primaryEndpoints.blob
  AzureWebJobsStorage__queueServiceUri: storage.properties.primaryEndpoints.queue
  AzureWebJobsStorage__tableServiceUri: storage.properties.primaryEndpoints.table
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
}

var operatorSettings = {
  Trainyard__Access__OperatorKey: '@Microsoft.KeyVault(SecretUri=${operatorKeyUri})'
}

var tokenSettings = {
  Trainyard__Access__Issuer: tokenIssuer
  Trainyard__Access__Audience: tokenAudience
}

// host.json says Azure Storage; these say otherwise in its place.
var schedulerSettings = {
  DURABLE_TASK_SCHEDULER_CONNECTION_STRING: 'Endpoint=${schedulerEndpoint};Authentication=ManagedIdentity;ClientID=${identityClientId}'
  AzureFunctionsJobHost__extensions__durableTask__hubName: taskHubName
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__type: 'azureManaged'
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING'
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: 'plan-${token}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
  }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: 'func-${token}'
  location: location
  tags: union(tags, { 'azd-service-name': serviceName })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    siteConfig: {
      minTlsVersion: '1.2'
    }
    functionAppConfig: {
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${storage.properties.primaryEndpoints.blob}${packageContainer}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        triggers: {
          http: {
            perInstanceConcurrency: httpConcurrency
          }
        }
        alwaysReady: readyInstances == 0 ? [] : [
          {
            name: 'http'
            instanceCount: readyInstances
          }
        ]
      }
    }
  }
}

resource appSettings 'Microsoft.Web/sites/config@2024-04-01' = {
  parent: app
  name: 'appsettings'
  properties: union(
    baseSettings,
    empty(operatorKeyUri) ? {} : operatorSettings,
    empty(tokenIssuer) ? {} : tokenSettings,
    empty(schedulerEndpoint) ? {} : schedulerSettings,
    settings
  )
}

// Deployments come with a token of Entra ID; the passwords of old ways in stay off.
resource passwords 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = [for name in ['ftp', 'scm']: {
  parent: app
  name: name
  properties: {
    allow: false
  }
}]

output name string = app.name
output uri string = 'https://${app.properties.defaultHostName}'
