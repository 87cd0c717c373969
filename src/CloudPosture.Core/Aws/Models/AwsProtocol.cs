namespace CloudPosture.Aws.Models;

/// <summary>The five wire protocols of AWS services.</summary>
public enum AwsProtocol
{
    /// <summary>Form-encoded requests, XML answers (IAM, STS, SNS, RDS, CloudWatch).</summary>
    Query,

    /// <summary>EC2's own variety of the query protocol.</summary>
    Ec2,

    /// <summary>JSON over POST with X-Amz-Target (KMS, CloudTrail, Organizations).</summary>
    Json,

    /// <summary>JSON bodies over REST (Lambda, EFS, GuardDuty).</summary>
    RestJson,

    /// <summary>XML bodies over REST (S3, CloudFront).</summary>
    RestXml,
}
