using System.Runtime.CompilerServices;
using Trainyard.Domain.Caching;
using Trainyard.Domain.Tests.Serving;
using Trainyard.Learning.ModelFile;

namespace Trainyard.Domain.Tests.Caching;

/// <summary>The runtime is the witness: what making a thing allocates, when making it leaves no garbage, is what it takes.</summary>
public class ManagedSizeTests
{
    public static TheoryData<string, Func<object>> Things() => new()
    {
        { "array", () => new double[1001] },
        { "array of few bytes", () => new byte[3] },
        { "text", () => new string('x', 37) },
        { "array of references", () => new object[] { new(), new byte[10], new string('y', 4) } },
        { "array of values with references", () => new (string, int)[] { (new string('a', 3), 1), (new string('b', 9), 2) } },
        { "object", () => new Mixed { Name = new string('n', 5), Values = new int[7], Pair = (new string('p', 2), 3) } },
        { "derived object", () => new Derived { Name = new string('n', 5), More = new long[2] } },
        { "boxed value", () => 3.5 },
        { "list", () => new List<string>(4) { new('q', 8), new('r', 1) } },
        { "dictionary", () => new Dictionary<long, byte[]>(11) { [1] = new byte[40], [2] = new byte[1] } },
        { "circle", Circle },
    };

    [Theory]
    [MemberData(nameof(Things))]
    public void Of_AThing_IsWhatMakingItAllocates(string name, Func<object> make)
    {
        make();
        make();
        GC.Collect(0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        object made = make();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(allocated == ManagedSize.Of(made), $"{name}: {ManagedSize.Of(made)} instead of {allocated} bytes.");
    }

    [Fact]
    public void Of_SharedParts_CountsThemOnce()
    {
        byte[] shared = new byte[1000];
        Assert.Equal(ManagedSize.Of(new object[] { shared }) + 8, ManagedSize.Of(new object[] { shared, shared }));
    }

    [Fact]
    public void Of_WhatDescribesCode_IsLeftOut()
    {
        Assert.Equal(32, ManagedSize.Of(new object[] { typeof(ManagedSizeTests) }));
    }

    [Fact]
    public void Of_AModel_IsNoLessThanItsNumbers()
    {
        var model = ServingWorld.Classifier();
        long bytes = ManagedSize.Of(model);
        Assert.InRange(bytes, 1_000, 20 * TabularModelFile.ToBytes(model).Length);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static object Circle()
    {
        object[] one = new object[1];
        one[0] = new object[] { one };
        return one;
    }

    private class Mixed
    {
        public string? Name { get; init; }

        public int[]? Values { get; init; }

        public (string, int) Pair { get; init; }

        public bool Flag { get; init; }
    }

    private sealed class Derived : Mixed
    {
        public long[]? More { get; init; }

        public byte Small { get; init; }
    }
}
