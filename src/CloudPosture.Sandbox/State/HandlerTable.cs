using System.Collections.Generic;
using CloudPosture.Sandbox.State.Generation;

namespace CloudPosture.Sandbox.State;

/// <summary>The operations the sandbox answers.</summary>
internal sealed class HandlerTable
{
    private readonly Dictionary<(string Service, string Operation), Handler> _handlers = [];

    public Handler this[string service, string operation]
    {
        set => _handlers[(service, operation)] = value;
    }

    public Handler? Find(string service, string operation) => _handlers.GetValueOrDefault((service, operation));

    /// <summary>Answers an operation with every resource of a type.</summary>
    public void List(string service, string operation, string path, ResourceType type) =>
        this[service, operation] = call => Answer.Of(path, type.All(type.IsGlobal ? call.Global : call.Cell));
}
