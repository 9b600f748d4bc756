using System.Reflection;
using Microsoft.AspNetCore.Http;
using Trainyard.LocalHost.Discovery;
using Trainyard.LocalHost.Invocation;

namespace Trainyard.LocalHost.Tests.Discovery;

public sealed class ParameterClassifierTests
{
    [Fact]
    public void TryClassify_TheTriggerDescribedByAnotherObject_IsStillTheTrigger()
    {
        ParameterInfo trigger = typeof(ParameterClassifierTests).GetMethod(nameof(Answer), BindingFlags.Static | BindingFlags.NonPublic)!.GetParameters()[0];
        ParameterClassifier classifier = new(TriggerKind.Http, trigger, new HashSet<string>(StringComparer.Ordinal));

        Assert.True(classifier.TryClassify(new Twin(trigger), out ParameterSource source, out string? fault), fault);
        Assert.Equal(ParameterSource.HttpRequest, source);
    }

    private static IResult Answer(HttpRequest request) => Results.Ok(request.Method);

    private sealed class Twin : ParameterInfo
    {
        public Twin(ParameterInfo original) =>
            (ClassImpl, MemberImpl, NameImpl, PositionImpl) = (original.ParameterType, original.Member, original.Name, original.Position);
    }
}
