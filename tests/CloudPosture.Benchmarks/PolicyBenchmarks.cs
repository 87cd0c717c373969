using System.Linq;
using BenchmarkDotNet.Attributes;
using CloudPosture.Assessment.Policies;
using CloudPosture.Assessment.Policies.Documents;

namespace CloudPosture.Benchmarks;

/// <summary>One policy with as many principals, actions and resources as <see cref="Count"/> says, and Denies that get in their way.</summary>
[MemoryDiagnoser]
public class PolicyBenchmarks
{
    private static readonly Owner Us = new("111122223333");
    private static readonly PolicyTarget Bucket = PolicyTarget.Of("arn:aws:s3:::b");
    private PolicyDocument _policy = null!;

    [Params(3, 30, 100, 250)]
    public int Count { get; set; }

    [Params(5, 20, 60)]
    public int Denies { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        string Texts(string before, string after) => string.Join(",", Enumerable.Range(0, Count).Select(i => $"\"{before}{i}{after}\""));
        var principals = string.Join(",", Enumerable.Range(0, Count).Select(i => $"\"{i:D12}\""));
        var denies = Enumerable.Range(0, Denies).Select(i => $",{{\"Effect\":\"Deny\",\"Principal\":{{\"AWS\":\"{i:D12}\"}},\"Action\":\"s3:*{i}*\",\"Resource\":\"arn:aws:s3:::b/*{i}/*\"}}");
        _policy = PolicyDocument.Parse($"{{\"Version\":\"2012-10-17\",\"Statement\":[{{\"Effect\":\"Allow\",\"Principal\":{{\"AWS\":[{principals}]}},\"Action\":[{Texts("s3:Get", "*")}],\"Resource\":[{Texts("arn:aws:s3:::b/", "/*")}]}}{string.Concat(denies)}]}}")!;
    }

    [Benchmark]
    public bool Exposure() => ResourcePolicy.ExposureOf(_policy, Us, Bucket).IsUndecided;

    [Benchmark]
    public bool? Transport() => TransportPolicy.DeniesInsecure(_policy, Us, Bucket);
}
