using System;

namespace CloudPosture.PowerShell.Errors;

/// <summary>Credentials were given incompletely, or several at once. Nothing else is taken in their place: that may lead into another account.</summary>
internal sealed class CredentialParameterException(string message) : Exception(message);
