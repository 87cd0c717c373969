using System;

namespace CloudPosture.Aws.Credentials;

/// <summary>What is near by gave no credentials. The message goes on with a sentence, and repeats nothing that was answered.</summary>
internal sealed class LocalCredentialsException(string message) : Exception(message);
