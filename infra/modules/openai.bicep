@description('Azure region. Which models there are differs from region to region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Ends the names of resources, so that they are unique.')
param token string

@description('A model to deploy: the deployment\'s name, the model and its version, how it is billed (such as GlobalStandard), and the capacity in thousands of tokens a minute.')
type modelDeployment = {
  name: string
  model: string
  version: string
  skuName: string
  capacity: int
}

@description('The models to deploy.')
param deployments modelDeployment[]

@description('Whether only private endpoints reach the account.')
param isPrivate bool

@description('Resource id of the Log Analytics workspace.')
param workspaceId string

resource account 'Microsoft.CognitiveServices/accounts@2024-10-01' = {
  name: 'oai-${token}'
  location: location
  tags: tags
  kind: 'OpenAI'
  sku: {
    name: 'S0'
  }
  properties: {
    customSubDomainName: 'oai-${token}'
    // Identities only, no keys.
    disableLocalAuth: true
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    networkAcls: {
      defaultAction: isPrivate ? 'Deny' : 'Allow'
    }
  }
}

// One after the other: the service refuses to change an account from two sides.
@batchSize(1)
resource models 'Microsoft.CognitiveServices/accounts/deployments@2024-10-01' = [for deployment in deployments: {
  parent: account
  name: deployment.name
  sku: {
    name: deployment.skuName
    capacity: deployment.capacity
  }
  properties: {
    model: {
      format: 'OpenAI'
      name: deployment.model
      version: deployment.version
    }
    // A version stays until it is no longer offered, so that answers do not change overnight.
    versionUpgradeOption: 'OnceCurrentVersionExpired'
  }
}]

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'audit'
  scope: account
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        category: 'Audit'
        enabled: true
      }
    ]
  }
}

output id string = account.id
output name string = account.name
output endpoint string = account.properties.endpoint
