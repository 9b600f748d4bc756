using Xunit.Abstractions;
using Xunit.Sdk;

namespace Trainyard.Storage.Tests.Contracts;

/// <summary>A fact of a contract; skipped in a subclass whose <see cref="RequirementAttribute"/> is not met.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Trainyard.Storage.Tests.Contracts.ContractFactDiscoverer", "Trainyard.Storage.Tests")]
public sealed class ContractFactAttribute : FactAttribute;

/// <summary>A theory of a contract; skipped in a subclass whose <see cref="RequirementAttribute"/> is not met.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Trainyard.Storage.Tests.Contracts.ContractTheoryDiscoverer", "Trainyard.Storage.Tests")]
public sealed class ContractTheoryAttribute : TheoryAttribute;

/// <summary>Finds facts of contracts.</summary>
public sealed class ContractFactDiscoverer(IMessageSink messages) : FactDiscoverer(messages)
{
    protected override IXunitTestCase CreateTestCase(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        RequirementAttribute.UnmetBy(testMethod) is { } reason
            ? new XunitSkippedDataRowTestCase(
                DiagnosticMessageSink, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod, reason)
            : base.CreateTestCase(discoveryOptions, testMethod, factAttribute);
}

/// <summary>Finds theories of contracts.</summary>
public sealed class ContractTheoryDiscoverer(IMessageSink messages) : TheoryDiscoverer(messages)
{
    public override IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo theoryAttribute) =>
        RequirementAttribute.UnmetBy(testMethod) is { } reason
            ? [new XunitSkippedDataRowTestCase(
                DiagnosticMessageSink, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod, reason)]
            : base.Discover(discoveryOptions, testMethod, theoryAttribute);
}
