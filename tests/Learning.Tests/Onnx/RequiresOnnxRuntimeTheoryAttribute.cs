using Trainyard.Testing;

namespace Trainyard.Learning.Tests.Onnx;

/// <summary>A theory that needs ONNX Runtime; without it it is skipped with the command that installs it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresOnnxRuntimeTheoryAttribute : TheoryAttribute
{
    private static readonly string? Absent =
        !Requirements.IsOnPath("node") ? "Needs node: apt-get install -y nodejs npm, then npm ci --prefix tests/tools --ignore-scripts"
        : !Directory.Exists(OnnxRuntime.Package) ? "Needs ONNX Runtime: npm ci --prefix tests/tools --ignore-scripts"
        : null;

    public RequiresOnnxRuntimeTheoryAttribute() => Skip = Requirements.AllMustRun ? null : Absent;
}
