namespace CloudPosture.Aws;

/// <summary>A call by name, outside a harvest.</summary>
/// <param name="Service">The service, by the name of its model.</param>
/// <param name="Operation">The operation.</param>
/// <param name="Input">What is serialized as its input; null for none.</param>
internal readonly record struct AwsQuestion(string Service, string Operation, object? Input = null)
{
    // The input may hold a secret.
    public override string ToString() => $"{Service}:{Operation}";
}
