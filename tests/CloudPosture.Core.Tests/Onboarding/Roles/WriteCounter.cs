using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace CloudPosture.Tests.Onboarding.Roles;

/// <summary>Notes the operations that change something, on their way to the server.</summary>
internal sealed class WriteCounter() : DelegatingHandler(new HttpClientHandler())
{
    private readonly ConcurrentQueue<string> _operations = new();

    public IReadOnlyList<string> Writes =>
        [.. _operations.Where(operation => !operation.StartsWith("Get", StringComparison.Ordinal) && !operation.StartsWith("List", StringComparison.Ordinal) && !operation.StartsWith("Describe", StringComparison.Ordinal) && operation != "AssumeRole")];

    /// <summary>How many more times AssumeRole is refused, as it is before IAM has spread a new role.</summary>
    public int Refusals { get; set; }

    public void Clear() => _operations.Clear();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var operation = Regex.Match(body, @"(?:^|&)Action=(\w+)").Groups[1].Value;
        _operations.Enqueue(operation);
        if (operation == "AssumeRole" && Refusals > 0)
        {
            Refusals--;
            return new HttpResponseMessage(HttpStatusCode.Forbidden)
            {
                Content = new StringContent("<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not yet</Message></Error></ErrorResponse>"),
            };
        }

        return await base.SendAsync(request, cancellationToken);
    }
}
