@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Ends the names of resources, so that they are unique.')
param token string

@description('Who is written to.')
param email string

@description('Resource id of the Log Analytics workspace.')
param workspaceId string

@description('Resource id of the storage account.')
param storageId string

// `tolerated` are the rows within a quarter of an hour that are not worth an alert yet.
var queryAlerts = [
  {
    name: 'server-errors'
    description: 'Requests were answered with a server error.'
    severity: 1
    query: 'AppRequests | where toint(ResultCode) >= 500'
    tolerated: 5
  }
  {
    name: 'error-log'
    description: 'The app wrote errors: a failed run, a lost audit outcome, an identity provider that does not answer.'
    severity: 2
    query: 'union AppExceptions, (AppTraces | where SeverityLevel >= 3)'
    tolerated: 0
  }
  {
    name: 'slow-predictions'
    description: 'Predictions took over a second.'
    severity: 3
    query: 'AppRequests | where Name == "Predict" and DurationMs > 1000'
    tolerated: 20
  }
]

resource operators 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${token}'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'trainyard'
    emailReceivers: [
      {
        name: 'operators'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

resource logAlerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for alert in queryAlerts: {
  name: 'alert-${alert.name}-${token}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'Trainyard: ${alert.name}'
    description: alert.description
    severity: alert.severity
    enabled: true
    scopes: [workspaceId]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT15M'
    autoMitigate: true
    // A new workspace has none of the tables yet.
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          query: alert.query
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: alert.tolerated
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    actions: {
      actionGroups: [operators.id]
    }
  }
}]

resource storageAway 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'alert-storage-${token}'
  location: 'global'
  tags: tags
  properties: {
    description: 'Storage answered less than 99 % of the calls.'
    severity: 1
    enabled: true
    scopes: [storageId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    autoMitigate: true
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'availability'
          metricNamespace: 'Microsoft.Storage/storageAccounts'
          metricName: 'Availability'
          timeAggregation: 'Average'
          operator: 'LessThan'
          threshold: 99
        }
      ]
    }
    actions: [
      {
        actionGroupId: operators.id
      }
    ]
  }
}
