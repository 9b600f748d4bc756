using System.Text;
using Trainyard.Functions.Tests.Registry;

namespace Trainyard.Functions.Tests.Access;

/// <summary>Every change of models that can be asked for over HTTP, in an order in which all of them succeed.</summary>
internal static class ModelChanges
{
    private const string Mlflow = "api/2.0/mlflow/";

    /// <summary>The function, whether its audit entry tells what is there now, and the request; <c>{test}</c> is the A/B test begun last.</summary>
    public static IEnumerable<(string Action, bool After, HttpMethod Method, string Path, string? Json)> InOrder()
    {
        string file = Encoding.UTF8.GetString(ForeignModel.XGBoost().File);
        return
        [
            ("CreateModel", true, HttpMethod.Post, "api/v1/models", """{"name":"kept"}"""),
            ("UploadModelVersion", true, HttpMethod.Post, "api/v1/models/kept/versions", file),
            ("UploadModelVersion", true, HttpMethod.Post, "api/v1/models/kept/versions", file),
            ("UploadModelVersion", true, HttpMethod.Post, "api/v1/models/kept/versions", file),
            ("UpdateModel", true, HttpMethod.Put, "api/v1/models/kept", """{"description":"for tests"}"""),
            ("SetPersonalColumns", true, HttpMethod.Put, "api/v1/models/kept/personal-columns", """{"personal_columns":[]}"""),
            ("UpdateModelVersion", true, HttpMethod.Put, "api/v1/models/kept/versions/v1", """{"tags":{"a":"b"}}"""),
            ("SetModelAlias", true, HttpMethod.Put, "api/v1/models/kept/aliases/champion", """{"version":"v1"}"""),
            ("RemoveModelAlias", false, HttpMethod.Delete, "api/v1/models/kept/aliases/champion", null),
            ("PromoteMlopsModel", true, HttpMethod.Post, "mlops/models/kept/v1/promote", """{"stage":"draft"}"""),
            ("DeployMlopsModel", true, HttpMethod.Post, "mlops/deploy", """{"modelId":"kept","version":"v2"}"""),
            ("DeployMlModel", true, HttpMethod.Post, "api/v1/ml/deploy/kept/v3", null),
            ("SetModelTraffic", true, HttpMethod.Put, "api/v1/models/kept/traffic", """{"shares":[{"version":"v3","percent":90},{"version":"v2","percent":10}]}"""),
            ("SetModelTraffic", true, HttpMethod.Put, "api/v1/models/kept/traffic", """{"shares":[{"version":"v3","percent":100}]}"""),
            ("RollbackModel", true, HttpMethod.Post, "api/v1/models/kept/rollback", null),
            ("DeployModel", true, HttpMethod.Post, "api/v1/models/kept/deploy", """{"version":"v3"}"""),
            ("RollbackModel", true, HttpMethod.Post, "api/v1/models/kept/rollback", """{"reason":"again"}"""),
            ("DeployMlModel", true, HttpMethod.Post, "api/v1/ml/deploy/kept/v3", null),
            ("DeployModel", true, HttpMethod.Post, "api/v1/models/kept/deploy", """{"version":"v2","strategy":"canary","canary":{"step_seconds":86400}}"""),
            ("PauseModelCanary", true, HttpMethod.Post, "api/v1/models/kept/canary/pause", null),
            ("ResumeModelCanary", true, HttpMethod.Post, "api/v1/models/kept/canary/resume", null),
            ("AbortModelCanary", true, HttpMethod.Post, "api/v1/models/kept/canary/abort", """{"reason":"enough"}"""),
            ("DeployModel", true, HttpMethod.Post, "api/v1/models/kept/deploy", """{"version":"v2","strategy":"canary","canary":{"step_seconds":86400}}"""),
            ("PromoteModelCanary", true, HttpMethod.Post, "api/v1/models/kept/canary/promote", null),
            ("DeployMlModel", true, HttpMethod.Post, "api/v1/ml/deploy/kept/v3", null),
            ("StartAbTest", true, HttpMethod.Post, "api/v1/models/kept/ab-tests", """{"name":"one","variants":[{"version":"v3","percent":50},{"version":"v2","percent":50}],"metric":{"kind":"correct"}}"""),
            ("StopAbTest", true, HttpMethod.Post, "api/v1/models/kept/ab-tests/{test}/stop", null),
            ("StartAbTest", true, HttpMethod.Post, "api/v1/models/kept/ab-tests", """{"name":"two","variants":[{"version":"v3","percent":50},{"version":"v2","percent":50}],"metric":{"kind":"conversion"}}"""),
            ("ConcludeAbTest", true, HttpMethod.Post, "api/v1/models/kept/ab-tests/{test}/conclude", """{"variant":"v3"}"""),
            ("DeleteMlModel", true, HttpMethod.Delete, "api/v1/ml/models/kept/v2", null),
            ("DeleteModelVersion", true, HttpMethod.Delete, "api/v1/models/kept/versions/v1", null),
            ("PromoteMlopsModel", true, HttpMethod.Post, "mlops/models/kept/v3/promote", """{"stage":"archived"}"""),
            ("DeleteModel", true, HttpMethod.Delete, "api/v1/models/kept", null),
            ("CreateMlflowModel", true, HttpMethod.Post, Mlflow + "registered-models/create", """{"name":"flowing"}"""),
            ("CreateMlflowVersion", true, HttpMethod.Post, Mlflow + "model-versions/create", """{"name":"flowing","source":"s3://bucket/model"}"""),
            ("UpdateMlflowModel", true, HttpMethod.Patch, Mlflow + "registered-models/update", """{"name":"flowing","description":"x"}"""),
            ("UpdateMlflowVersion", true, HttpMethod.Patch, Mlflow + "model-versions/update", """{"name":"flowing","version":"1","description":"x"}"""),
            ("SetMlflowModelTag", true, HttpMethod.Post, Mlflow + "registered-models/set-tag", """{"name":"flowing","key":"a","value":"b"}"""),
            ("DeleteMlflowModelTag", true, HttpMethod.Delete, Mlflow + "registered-models/delete-tag", """{"name":"flowing","key":"a"}"""),
            ("SetMlflowVersionTag", true, HttpMethod.Post, Mlflow + "model-versions/set-tag", """{"name":"flowing","version":"1","key":"a","value":"b"}"""),
            ("DeleteMlflowVersionTag", true, HttpMethod.Delete, Mlflow + "model-versions/delete-tag", """{"name":"flowing","version":"1","key":"a"}"""),
            ("SetMlflowAlias", true, HttpMethod.Post, Mlflow + "registered-models/alias", """{"name":"flowing","alias":"champion","version":"1"}"""),
            ("DeleteMlflowAlias", true, HttpMethod.Delete, Mlflow + "registered-models/alias", """{"name":"flowing","alias":"champion"}"""),
            ("TransitionMlflowVersion", true, HttpMethod.Post, Mlflow + "model-versions/transition-stage", """{"name":"flowing","version":"1","stage":"Staging"}"""),
            ("DeleteMlflowVersion", true, HttpMethod.Delete, Mlflow + "model-versions/delete", """{"name":"flowing","version":"1"}"""),
            ("DeleteMlflowModel", true, HttpMethod.Delete, Mlflow + "registered-models/delete", """{"name":"flowing"}"""),
        ];
    }
}
