using Mono.Cecil;

namespace Trainyard.Architecture.Tests;

/// <summary>Orchestrators are replayed from their history: whatever they call must answer the same each time, and wait for nothing but the engine.</summary>
public class OrchestratorTests
{
    private const string Own = "Trainyard.Functions.Orchestrations";

    // What has an answer of its own each time, blocks, or goes on on another thread.
    private static readonly string[] Forbidden =
    [
        "System.Threading.Tasks.Task::Run", "System.Threading.Tasks.Task::Delay", "System.Threading.Tasks.Task::Wait", "System.Threading.Tasks.Task::ConfigureAwait",
        "System.Threading.Tasks.Task`1::ConfigureAwait", "System.Threading.Tasks.Task::Yield", "System.Threading.Tasks.TaskFactory::", "System.Threading.CancellationTokenSource::CancelAsync",
        "System.Threading.CancellationTokenSource::CancelAfter", "System.Threading.Thread::", "System.Threading.ThreadPool::", "System.Threading.Timer::", "System.Threading.SemaphoreSlim::",
        "System.TimeProvider::", "System.DateTime::get_", "System.DateTimeOffset::get_", "System.Diagnostics.Stopwatch::", "System.Guid::NewGuid", "System.Guid::CreateVersion7", "System.Random::",
        "System.Environment::", "System.IO.", "System.Net.", "System.Security.Cryptography.", "Microsoft.Extensions.", "Azure.", "Trainyard.Domain.Ports.",
    ];

    private static readonly string[] Allowed = ["System.IO.InvalidDataException::", "System.DateTime::get_Ticks"];

    [Fact]
    public void Orchestrators_AskNothingButTheirContext()
    {
        using AssemblyDefinition assembly = House.Open("Functions");
        MethodDefinition[] orchestrators = Orchestrators(assembly);
        Assert.NotEmpty(orchestrators);
        Assert.All(orchestrators, orchestrator => Assert.Empty(Reached(orchestrator).SelectMany(Calls).Where(IsForbidden).Distinct()));
    }

    [Fact]
    public void Orchestrators_HoldNoStateAndTakeTheirContextAlone()
    {
        using AssemblyDefinition assembly = House.Open("Functions");
        Assert.All(Orchestrators(assembly), orchestrator =>
        {
            Assert.True(orchestrator.IsStatic, $"{orchestrator.FullName} can hold state between replays.");
            Assert.Equal("TaskOrchestrationContext", Assert.Single(orchestrator.Parameters).ParameterType.Name);
            Assert.Empty(orchestrator.DeclaringType.Fields.Where(field => field is { IsStatic: true, IsInitOnly: false, HasConstant: false }).Select(field => field.FullName));
        });
    }

    [Fact]
    public void Orchestrators_LookAtTheVersionThatTheyWereStartedWith()
    {
        using AssemblyDefinition assembly = House.Open("Functions");
        Assert.All(Orchestrators(assembly), orchestrator => Assert.Contains($"{Own}.OrchestrationVersion::Of", Reached(orchestrator).SelectMany(Calls)));
    }

    [Fact]
    public void Search_OfAnOrchestratorThatAsksAround_FindsIt()
    {
        using AssemblyDefinition tests = AssemblyDefinition.ReadAssembly(typeof(OrchestratorTests).Assembly.Location);
        MethodDefinition wrong = tests.MainModule.GetType(typeof(OrchestratorTests).FullName).Methods.Single(method => method.Name == nameof(WrongAsync));
        Assert.Equal(
            ["System.Environment::get_MachineName", "System.Threading.Tasks.Task::Delay", "System.TimeProvider::GetUtcNow", "System.TimeProvider::get_System"],
            Reached(wrong).SelectMany(Calls).Where(IsForbidden).Distinct().Order(StringComparer.Ordinal));
    }

    // Never called: what the search must find, in a state machine and in a closure.
    private static async Task<string> WrongAsync(string[] names)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        await Task.Delay(1);
        return $"{now} {names.Count(name => name == Environment.MachineName)}";
    }

    private static MethodDefinition[] Orchestrators(AssemblyDefinition assembly) =>
    [
        .. assembly.MainModule.GetTypes().SelectMany(type => type.Methods)
            .Where(method => method.Parameters.Any(parameter => parameter.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "OrchestrationTriggerAttribute"))),
    ];

    // The method with whatever of the folder it leads to: state machines, closures, helpers.
    private static HashSet<MethodDefinition> Reached(MethodDefinition start)
    {
        HashSet<MethodDefinition> reached = [];
        Stack<MethodDefinition> open = new([start]);
        while (open.TryPop(out MethodDefinition? method))
        {
            if (!method.HasBody || !reached.Add(method))
            {
                continue;
            }

            foreach (MethodReference called in method.Body.Instructions.Select(instruction => instruction.Operand).OfType<MethodReference>())
            {
                TypeDefinition? type = called.DeclaringType.Scope is ModuleDefinition ? called.DeclaringType.Resolve() : null;
                if (type is not null && Outermost(type).Namespace == Outermost(start.DeclaringType).Namespace)
                {
                    // A state machine and a closure with all that they have.
                    IEnumerable<MethodDefinition> next = type.IsNested ? type.Methods : type.Methods.Where(each => each.Name == called.Name || each.IsConstructor && each.IsStatic);
                    Array.ForEach([.. next], open.Push);
                }
            }

            foreach (CustomAttribute machine in method.CustomAttributes.Where(attribute => attribute.AttributeType.Name == "AsyncStateMachineAttribute"))
            {
                Array.ForEach([.. ((TypeReference)machine.ConstructorArguments[0].Value).Resolve().Methods], open.Push);
            }
        }

        return reached;
    }

    private static IEnumerable<string> Calls(MethodDefinition method) => method.Body.Instructions
        .Select(instruction => instruction.Operand)
        .OfType<MethodReference>()
        .Select(called => $"{called.DeclaringType.GetElementType().FullName}::{called.Name}");

    private static bool IsForbidden(string call) =>
        Forbidden.Any(each => call.StartsWith(each, StringComparison.Ordinal)) && !Allowed.Any(each => call.StartsWith(each, StringComparison.Ordinal));

    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is null ? type : Outermost(type.DeclaringType);
}
