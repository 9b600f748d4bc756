@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Ends the names of resources, so that they are unique.')
param token string

@description('Addresses of the virtual network: a /24 or larger, of which the app takes the first half and the endpoints a part of the second.')
param addressPrefix string

@description('Resource id of the storage account.')
param storageId string

@description('Resource id of the key vault.')
param vaultId string

@description('Resource id of the Azure OpenAI account; empty for none.')
param openAiId string

var appSubnet = 'snet-app'
var endpointSubnet = 'snet-endpoints'

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-${token}'
  location: location
  tags: tags
  properties: {
    addressSpace: {
      addressPrefixes: [addressPrefix]
    }
    subnets: [
      {
        name: appSubnet
        properties: {
          // Each instance takes an address.
          addressPrefix: cidrSubnet(addressPrefix, 25, 0)
          delegations: [
            {
              name: 'flex'
              properties: {
                // What Flex Consumption runs on, unlike other plans.
                serviceName: 'Microsoft.App/environments'
              }
            }
          ]
        }
      }
      {
        name: endpointSubnet
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 27, 4)
        }
      }
    ]
  }
}

module storageEndpoints 'private-endpoint.bicep' = [for service in ['blob', 'queue', 'table']: {
  name: 'endpoint-${service}'
  params: {
    location: location
    tags: tags
    name: 'pep-${service}-${token}'
    targetId: storageId
    groupId: service
    zoneName: 'privatelink.${service}.${environment().suffixes.storage}'
    networkId: network.id
    subnetId: '${network.id}/subnets/${endpointSubnet}'
  }
}]

module vaultEndpoint 'private-endpoint.bicep' = {
  name: 'endpoint-vault'
  params: {
    location: location
    tags: tags
    name: 'pep-vault-${token}'
    targetId: vaultId
    groupId: 'vault'
    zoneName: 'privatelink.vaultcore.azure.net'
    networkId: network.id
    subnetId: '${network.id}/subnets/${endpointSubnet}'
  }
}

module openAiEndpoint 'private-endpoint.bicep' = if (!empty(openAiId)) {
  name: 'endpoint-openai'
  params: {
    location: location
    tags: tags
    name: 'pep-openai-${token}'
    targetId: openAiId
    groupId: 'account'
    zoneName: 'privatelink.openai.azure.com'
    networkId: network.id
    subnetId: '${network.id}/subnets/${endpointSubnet}'
  }
}

// Asked for by the app alone, which needs the endpoints before it starts: whoever waits for this waits for them.
output appSubnetId string = '${network.id}/subnets/${appSubnet}'
