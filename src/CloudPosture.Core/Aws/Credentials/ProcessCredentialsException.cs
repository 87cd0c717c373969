using System;

namespace CloudPosture.Aws.Credentials;

/// <summary>What is wrong with the output of a <c>credential_process</c>, in words that go on from its name and repeat nothing of it.</summary>
internal sealed class ProcessCredentialsException(string message) : Exception(message);
