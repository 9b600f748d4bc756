using System.Reflection;
using Trainyard.Testing;
using Trainyard.Testing.Azurite;
using Xunit.Abstractions;
using Xunit.Sdk;

[assembly: TestFramework("Trainyard.Functions.Tests.AzuriteTestFramework", "Trainyard.Functions.Azurite.Tests")]

namespace Trainyard.Functions.Tests;

/// <summary>xunit's own, but that every test is skipped where Azurite is not installed, with the reason.</summary>
public sealed class AzuriteTestFramework(IMessageSink messages) : XunitTestFramework(messages)
{
    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName) =>
        new Executor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);

    private sealed class Executor(AssemblyName assembly, ISourceInformationProvider sources, IMessageSink messages) : XunitTestFrameworkExecutor(assembly, sources, messages)
    {
        protected override void RunTestCases(IEnumerable<IXunitTestCase> testCases, IMessageSink executionMessageSink, ITestFrameworkExecutionOptions executionOptions) =>
            base.RunTestCases(
                !Requirements.AllMustRun && AzuriteProcess.Missing is { } reason ? testCases.Select(test => Skipped(test, reason)) : testCases,
                executionMessageSink,
                executionOptions);

        private XunitSkippedDataRowTestCase Skipped(IXunitTestCase test, string reason) =>
            new(DiagnosticMessageSink, TestMethodDisplay.ClassAndMethod, TestMethodDisplayOptions.None, test.TestMethod, reason, test.TestMethodArguments);
    }
}
