@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Ends the names of resources, so that they are unique.')
param token string

@description('The operator\'s key; empty for an app that is opened by the tokens of an identity provider alone.')
@secure()
param operatorKey string

@description('Whether a deleted vault and its secrets stay until their time is over. It cannot be taken back.')
param purgeProtection bool

@description('Whether only private endpoints reach the vault.')
param isPrivate bool

@description('Resource id of the Log Analytics workspace.')
param workspaceId string

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: 'kv-${token}'
  location: location
  tags: tags
  properties: {
    tenantId: subscription().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 7
    // The service takes no false: absent is off.
    enablePurgeProtection: purgeProtection ? true : null
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    networkAcls: {
      defaultAction: isPrivate ? 'Deny' : 'Allow'
      bypass: 'AzureServices'
    }
  }
}

resource operatorSecret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (!empty(operatorKey)) {
  parent: vault
  name: 'operator-key'
  properties: {
    value: operatorKey
    contentType: 'text/plain'
  }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'audit'
  scope: vault
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        category: 'AuditEvent'
        enabled: true
      }
    ]
  }
}

output id string = vault.id
output name string = vault.name
// Without a version, so that a new one is taken up within a day.
output operatorKeyUri string = '${vault.properties.vaultUri}secrets/operator-key'
