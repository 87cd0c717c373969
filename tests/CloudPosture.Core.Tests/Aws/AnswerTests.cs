using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;

namespace CloudPosture.Tests.Aws;

/// <summary>Answers after the samples of AWS's API reference, shortened.</summary>
public sealed class AnswerTests
{
    public static TheoryData<string, string, string, string> Samples => new()
    {
        // Query.
        {
            "iam", "ListUsers",
            """
            <ListUsersResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">
             <ListUsersResult>
               <Users>
                 <member><UserId>AID2MAB8DPLSRHEXAMPLE</UserId><Path>/division_abc/</Path><UserName>Andrew</UserName>
                   <Arn>arn:aws:iam::123456789012:user/division_abc/Andrew</Arn><CreateDate>2012-09-05T19:38:48Z</CreateDate><PasswordLastUsed>2014-10-08T21:47:36.5Z</PasswordLastUsed></member>
                 <member><UserName>Jackie</UserName><NotKnown><Deep>1</Deep></NotKnown></member>
               </Users>
               <IsTruncated>false</IsTruncated>
             </ListUsersResult>
             <ResponseMetadata><RequestId>7a62c49f-347e-4fc4-9331-6e8eEXAMPLE</RequestId></ResponseMetadata>
            </ListUsersResponse>
            """,
            """{"Users":[{"UserId":"AID2MAB8DPLSRHEXAMPLE","Path":"/division_abc/","UserName":"Andrew","Arn":"arn:aws:iam::123456789012:user/division_abc/Andrew","CreateDate":"2012-09-05T19:38:48+00:00","PasswordLastUsed":"2014-10-08T21:47:36.500000+00:00"},{"UserName":"Jackie"}],"IsTruncated":false}"""
        },
        {
            "iam", "GetRolePolicy",
            """
            <GetRolePolicyResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetRolePolicyResult>
            <PolicyName>S3AccessPolicy</PolicyName><RoleName>S3Access</RoleName>
            <PolicyDocument>%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22s3%3A%2A%22%7D%5D%7D</PolicyDocument>
            </GetRolePolicyResult></GetRolePolicyResponse>
            """,
            """{"PolicyName":"S3AccessPolicy","RoleName":"S3Access","PolicyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*"}]}}"""
        },
        {
            "sns", "GetTopicAttributes",
            """
            <GetTopicAttributesResponse xmlns="https://sns.amazonaws.com/doc/2010-03-31/"><GetTopicAttributesResult><Attributes>
            <entry><key>Owner</key><value>123456789012</value></entry>
            <entry><key>Policy</key><value>{&quot;Version&quot;:&quot;2008-10-17&quot;}</value></entry>
            <entry><key>DisplayName</key><value/></entry>
            </Attributes></GetTopicAttributesResult></GetTopicAttributesResponse>
            """,
            """{"Attributes":{"Owner":"123456789012","Policy":"{\"Version\":\"2008-10-17\"}","DisplayName":""}}"""
        },
        {
            "rds", "DescribeDBSnapshotAttributes",
            """
            <DescribeDBSnapshotAttributesResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/"><DescribeDBSnapshotAttributesResult><DBSnapshotAttributesResult>
            <DBSnapshotAttributes><DBSnapshotAttribute><AttributeName>restore</AttributeName><AttributeValues><AttributeValue>012345678901</AttributeValue><AttributeValue>all</AttributeValue></AttributeValues></DBSnapshotAttribute></DBSnapshotAttributes>
            <DBSnapshotIdentifier>manual-snapshot1</DBSnapshotIdentifier>
            </DBSnapshotAttributesResult></DescribeDBSnapshotAttributesResult></DescribeDBSnapshotAttributesResponse>
            """,
            """{"DBSnapshotAttributesResult":{"DBSnapshotAttributes":[{"AttributeName":"restore","AttributeValues":["012345678901","all"]}],"DBSnapshotIdentifier":"manual-snapshot1"}}"""
        },

        // EC2.
        {
            "ec2", "DescribeRegions",
            """
            <DescribeRegionsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>59dbff89-35bd-4eac-99ed-be587EXAMPLE</requestId>
            <regionInfo><item><regionName>us-east-1</regionName><regionEndpoint>ec2.us-east-1.amazonaws.com</regionEndpoint><optInStatus>opt-in-not-required</optInStatus></item></regionInfo></DescribeRegionsResponse>
            """,
            """{"Regions":[{"RegionName":"us-east-1","Endpoint":"ec2.us-east-1.amazonaws.com","OptInStatus":"opt-in-not-required"}]}"""
        },
        {
            "ec2", "DescribeSecurityGroups",
            """
            <DescribeSecurityGroupsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>1d62eae0</requestId><securityGroupInfo><item>
            <ownerId>123456789012</ownerId><groupId>sg-9bf6ceff</groupId><groupName>SSHAccess</groupName><groupDescription>Security group for SSH access</groupDescription><vpcId>vpc-31896b55</vpcId>
            <ipPermissions><item><ipProtocol>tcp</ipProtocol><fromPort>22</fromPort><toPort>22</toPort><groups/><ipRanges><item><cidrIp>0.0.0.0/0</cidrIp></item></ipRanges>
            <ipv6Ranges><item><cidrIpv6>::/0</cidrIpv6></item></ipv6Ranges><prefixListIds/></item></ipPermissions>
            </item></securityGroupInfo></DescribeSecurityGroupsResponse>
            """,
            """{"SecurityGroups":[{"OwnerId":"123456789012","GroupId":"sg-9bf6ceff","GroupName":"SSHAccess","Description":"Security group for SSH access","VpcId":"vpc-31896b55","IpPermissions":[{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"UserIdGroupPairs":[],"IpRanges":[{"CidrIp":"0.0.0.0/0"}],"Ipv6Ranges":[{"CidrIpv6":"::/0"}],"PrefixListIds":[]}]}]}"""
        },
        {
            "ec2", "DescribeSnapshotAttribute",
            """
            <DescribeSnapshotAttributeResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>59dbff89</requestId><snapshotId>snap-1234567890abcdef0</snapshotId>
            <createVolumePermission><item><group>all</group></item></createVolumePermission></DescribeSnapshotAttributeResponse>
            """,
            """{"SnapshotId":"snap-1234567890abcdef0","CreateVolumePermissions":[{"Group":"all"}]}"""
        },

        // JSON.
        {
            "kms", "DescribeKey",
            """{"KeyMetadata":{"AWSAccountId":"111122223333","KeyId":"1234abcd","CreationDate":1.499288695918E9,"Enabled":true,"MultiRegion":false,"Description":null,"Unknown":{"a":[1]}}}""",
            """{"KeyMetadata":{"AWSAccountId":"111122223333","KeyId":"1234abcd","CreationDate":"2017-07-05T21:04:55.918000+00:00","Enabled":true,"MultiRegion":false}}"""
        },
        {
            "organizations", "ListAccounts",
            """{"Accounts":[{"Arn":"arn:aws:organizations::111111111111:account/o-exampleorgid/111111111111","Email":"bill@example.com","Id":"111111111111","JoinedMethod":"INVITED","JoinedTimestamp":1481830215.45,"Name":"Master Account","State":"ACTIVE","Status":"ACTIVE"}]}""",
            """{"Accounts":[{"Arn":"arn:aws:organizations::111111111111:account/o-exampleorgid/111111111111","Email":"bill@example.com","Id":"111111111111","JoinedMethod":"INVITED","JoinedTimestamp":"2016-12-15T19:30:15.450000+00:00","Name":"Master Account","State":"ACTIVE","Status":"ACTIVE"}]}"""
        },
        {
            "sqs", "GetQueueAttributes",
            """{"Attributes":{"QueueArn":"arn:aws:sqs:us-east-1:111122223333:MyQueue","Policy":"{\"Version\":\"2012-10-17\"}"}}""",
            """{"Attributes":{"QueueArn":"arn:aws:sqs:us-east-1:111122223333:MyQueue","Policy":"{\"Version\":\"2012-10-17\"}"}}"""
        },
        {
            "logs", "DescribeLogGroups",
            """{"logGroups":[{"storedBytes":1048576,"arn":"arn:aws:logs:us-east-1:123456789012:log-group:my-log-group:*","creationTime":1393545600000,"logGroupName":"my-log-group"}]}""",
            """{"logGroups":[{"storedBytes":1048576,"arn":"arn:aws:logs:us-east-1:123456789012:log-group:my-log-group:*","creationTime":1393545600000,"logGroupName":"my-log-group"}]}"""
        },

        // REST-JSON.
        {
            "guardduty", "GetDetector",
            """{"createdAt":"2020-11-18T16:14:00.123Z","findingPublishingFrequency":"SIX_HOURS","status":"ENABLED","tags":{"é\u0001":"\ud83d\ude00"}}""",
            """{"CreatedAt":"2020-11-18T16:14:00.123Z","FindingPublishingFrequency":"SIX_HOURS","Status":"ENABLED","Tags":{"é\u0001":"😀"}}"""
        },
        {
            "efs", "DescribeFileSystems",
            """{"FileSystems":[{"CreationTime":1403301078,"FileSystemId":"fs-01234567","NumberOfMountTargets":1,"SizeInBytes":{"Timestamp":1403301078,"Value":29313417216},"Encrypted":true}]}""",
            """{"FileSystems":[{"CreationTime":"2014-06-20T21:51:18+00:00","FileSystemId":"fs-01234567","NumberOfMountTargets":1,"SizeInBytes":{"Timestamp":"2014-06-20T21:51:18+00:00","Value":29313417216},"Encrypted":true}]}"""
        },
        {
            "account", "GetAlternateContact",
            """{"AlternateContact":{"AlternateContactType":"SECURITY","EmailAddress":"a@example.com","Name":"Anika","PhoneNumber":"206-555-0198","Title":"COO"}}""",
            """{"AlternateContact":{"AlternateContactType":"SECURITY","EmailAddress":"a@example.com","Name":"Anika","PhoneNumber":"206-555-0198","Title":"COO"}}"""
        },

        // REST-XML.
        {
            "s3", "GetBucketAcl",
            """
            <AccessControlPolicy><Owner><ID>75aa57f0</ID></Owner><AccessControlList><Grant>
            <Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="Group"><URI>http://acs.amazonaws.com/groups/global/AllUsers</URI></Grantee><Permission>READ</Permission>
            </Grant></AccessControlList></AccessControlPolicy>
            """,
            """{"Owner":{"ID":"75aa57f0"},"Grants":[{"Grantee":{"Type":"Group","URI":"http://acs.amazonaws.com/groups/global/AllUsers"},"Permission":"READ"}]}"""
        },
        {
            "s3", "GetBucketEncryption",
            """
            <ServerSideEncryptionConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>arn</KMSMasterKeyID></ApplyServerSideEncryptionByDefault><BucketKeyEnabled>true</BucketKeyEnabled></Rule></ServerSideEncryptionConfiguration>
            """,
            """{"ServerSideEncryptionConfiguration":{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"aws:kms","KMSMasterKeyID":"arn"},"BucketKeyEnabled":true}]}}"""
        },
        { "s3", "GetBucketPolicy", """{"Version":"2012-10-17"}""", """{"Policy":"{\"Version\":\"2012-10-17\"}"}""" },
        { "s3", "GetBucketLocation", """<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">eu-west-1</LocationConstraint>""", """{"LocationConstraint":"eu-west-1"}""" },
        { "s3", "GetBucketLocation", """<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/"/>""", """{"LocationConstraint":null}""" },
        { "s3", "GetBucketVersioning", """<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"/>""", "{}" },
        {
            "cloudfront", "ListDistributions",
            """
            <DistributionList xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Marker></Marker><MaxItems>100</MaxItems><IsTruncated>false</IsTruncated><Quantity>1</Quantity>
            <Items><DistributionSummary><Id>EDFDVBD6EXAMPLE</Id><LastModifiedTime>2020-01-01T00:00:00.123Z</LastModifiedTime><Aliases><Quantity>0</Quantity></Aliases><Enabled>true</Enabled></DistributionSummary></Items></DistributionList>
            """,
            """{"DistributionList":{"Marker":"","MaxItems":100,"IsTruncated":false,"Quantity":1,"Items":[{"Id":"EDFDVBD6EXAMPLE","LastModifiedTime":"2020-01-01T00:00:00.123000+00:00","Aliases":{"Quantity":0},"Enabled":true}]}}"""
        },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Samples_decode_to_official_names_and_types(string service, string operation, string wire, string expected)
    {
        var decoded = await StubTransport.Of(wire).DecodeAsync(StubTransport.Call(service, operation, Inputs.Required(service, operation)));

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(decoded)), decoded);
    }

    [Theory]
    [InlineData("iam", "ListUsers", "")]
    [InlineData("ec2", "DescribeRegions", "")]
    [InlineData("kms", "ListKeys", "")]
    [InlineData("lambda", "ListFunctions", "")]
    [InlineData("s3", "GetBucketVersioning", "")]
    [InlineData("s3", "GetPublicAccessBlock", "")]
    [InlineData("cloudfront", "ListDistributions", "")]
    [InlineData("lambda", "ListFunctions", "{\"error\":\"please sign in\"}")]
    [InlineData("kms", "ListKeys", "{\"error\":\"please sign in\"}")]
    [InlineData("lambda", "ListFunctions", "{\"Functions\":[null]}")]
    [InlineData("s3", "GetBucketVersioning", "<portal><Status>Enabled</Status></portal>")]
    [InlineData("s3", "GetBucketVersioning", "<AccessControlPolicy xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"/>")]
    [InlineData("s3", "GetBucketVersioning", "<VersioningConfiguration><please>sign in</please></VersioningConfiguration>")]
    [InlineData("s3", "GetPublicAccessBlock", "<portal><BlockPublicAcls>true</BlockPublicAcls></portal>")]
    [InlineData("cloudfront", "ListDistributions", "<portal/>")]
    [InlineData("ec2", "DescribeRegions", "<DescribeRegionsResponse><requestId>r</requestId></DescribeRegionsResponse>")]
    [InlineData("ec2", "DescribeRegions", "<DescribeRegionsResponse/>")]
    [InlineData("iam", "ListUsers", "<ListUsersResponse><ListUsersResult><please>sign in</please></ListUsersResult></ListUsersResponse>")]
    [InlineData("sns", "GetTopicAttributes", "<GetTopicAttributesResponse><GetTopicAttributesResult><Attributes><entry><key>Policy</key></entry></Attributes></GetTopicAttributesResult></GetTopicAttributesResponse>")]
    [InlineData("sns", "GetTopicAttributes", "<GetTopicAttributesResponse><GetTopicAttributesResult><Attributes><entry><key>Policy</key><value>a</value><value>b</value></entry></Attributes></GetTopicAttributesResult></GetTopicAttributesResponse>")]
    [InlineData("iam", "ListUsers", "<ListUsersResponse><ListUsersResult><Users><member><UserName>a</UserName></member>")]
    [InlineData("iam", "ListUsers", "<ListUsersResponse></ListUsersResponse>")]
    [InlineData("ec2", "DescribeRegions", "<html><body>Sign in to the proxy</body></html>")]
    [InlineData("ec2", "DescribeRegions", "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><DescribeRegionsResponse><nextToken>&b;</nextToken></DescribeRegionsResponse>")]
    [InlineData("s3", "GetBucketAcl", "<html/>")]
    [InlineData("kms", "DescribeKey", "{\"KeyMetadata\":{\"KeyId\":\"1")]
    [InlineData("kms", "DescribeKey", "<html/>")]
    [InlineData("kms", "DescribeKey", "{\"KeyMetadata\":[]}")]
    [InlineData("kms", "DescribeKey", "{} {}")]
    [InlineData("efs", "DescribeFileSystems", "[]")]
    [InlineData("kms", "ListKeys", "{\"Keys\":[{\"KeyId\":\"1\"}],\"Keys\":[]}")]
    [InlineData("kms", "ListKeys", "{\"Keys\":[{\"KeyId\":\"1\",\"KeyId\":\"2\"}]}")]
    [InlineData("kms", "ListKeys", "{\"Keys\":[],\"\\u004beys\":[]}")]
    [InlineData("sqs", "GetQueueAttributes", "{\"Attributes\":{\"Policy\":\"a\",\"Policy\":\"b\"}}")]
    [InlineData("kms", "ListKeys", "{\"Aliases\":[{\"AliasName\":\"alias/a\"}],\"Truncated\":false}")]
    [InlineData("lambda", "ListFunctions", "{\"Layers\":[],\"NextMarker\":null}")]
    [InlineData("lambda", "ListFunctions", "{\"Functions\":[{\"Timeout\":1e999}]}")]
    [InlineData("lambda", "ListFunctions", "{\"Functions\":[{\"Timeout\":99999999999999999999999}]}")]
    [InlineData("lambda", "ListFunctions", "{\"Functions\":[{\"Timeout\":NaN}]}")]
    [InlineData("lambda", "ListFunctions", "{\"Functions\":[{\"Timeout\":true}]}")]
    [InlineData("kms", "GetKeyRotationStatus", "{\"KeyRotationEnabled\":1}")]
    [InlineData("kms", "GetKeyRotationStatus", "{\"KeyRotationEnabled\":\"yes\"}")]
    [InlineData("kms", "ListKeys", "{\"Keys\":[{\"KeyId\":\"\\ud800\"}]}")]
    [InlineData("kms", "ListKeys", "\uFEFF{\"Keys\":[]}")]
    [InlineData("iam", "ListUsers", "<ListUsersResponse><ListUsersResult><Users><member><UserName>a</UserName></member></Users><Users/></ListUsersResult></ListUsersResponse>")]
    [InlineData("s3", "GetBucketVersioning", "<VersioningConfiguration><Status>Suspended</Status><Status>Enabled</Status></VersioningConfiguration>")]
    [InlineData("iam", "ListUsers", "<ListUsersResponse><ListUsersResult><Users><member><PasswordLastUsed>9e99</PasswordLastUsed></member></Users></ListUsersResult></ListUsersResponse>")]
    [InlineData("lambda", "ListFunctions", "{\"Functions\":[{\"Timeout\":\"many\"}]}")]
    [InlineData("lambda", "ListFunctions", "{\"Functions\":[{\"portal\":1}]}")]
    [InlineData("lambda", "ListFunctions", "{\"Functions\":[{}]}")]
    [InlineData("kms", "DescribeKey", "{\"KeyMetadata\":{\"portal\":1}}")]
    [InlineData("iam", "ListUsers", "<ListUsersResponse><ListUsersResult><Users><portal>1</portal></Users></ListUsersResult></ListUsersResponse>")]
    [InlineData("iam", "ListUsers", "<ListUsersResponse><ListUsersResult><Users><member/></Users></ListUsersResult></ListUsersResponse>")]
    [InlineData("iam", "ListUsers", "<ListUsersResponse><ListUsersResult><Users/></ListUsersResult><ListUsersResult><Users><member><UserName>a</UserName></member></Users></ListUsersResult></ListUsersResponse>")]
    [InlineData("sns", "GetTopicAttributes", "<GetTopicAttributesResponse><GetTopicAttributesResult><Attributes><entry><key>Policy</key><value>a</value></entry><entry><key>Policy</key><value>b</value></entry></Attributes></GetTopicAttributesResult></GetTopicAttributesResponse>")]
    [InlineData("iam", "GetAccountSummary", "<GetAccountSummaryResponse><GetAccountSummaryResult><SummaryMap><entry><key>AccountMFAEnabled</key><value>0</value></entry><entry><key>AccountMFAEnabled</key><value>1</value></entry></SummaryMap></GetAccountSummaryResult></GetAccountSummaryResponse>")]
    public async Task Damaged_answers_are_errors_and_never_empty_lists(string service, string operation, string wire)
    {
        var problem = await StubTransport.Of(wire).FailAsync(StubTransport.Call(service, operation, Inputs.Required(service, operation)));

        Assert.Equal(AwsErrorKind.Malformed, problem.Kind);
        Assert.DoesNotContain("\n", problem.Message, System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("s3", "GetBucketVersioning", "<VersioningConfiguration/>")]
    [InlineData("s3", "GetBucketLogging", "<BucketLoggingStatus xmlns=\"http://doc.s3.amazonaws.com/2006-03-01\"/>")]
    [InlineData("sqs", "ListQueues", "{}")]
    [InlineData("iam", "ListUsers", "<ListUsersResponse><ListUsersResult/></ListUsersResponse>")]
    public async Task Who_has_nothing_to_tell_may_say_so_in_the_operation_s_own_form(string service, string operation, string wire) =>
        Assert.Equal("{}", await StubTransport.Of(wire).DecodeAsync(StubTransport.Call(service, operation, Inputs.Required(service, operation))));

    [Theory]
    [InlineData("sqs", "GetQueueAttributes", "{\"Attributes\":{\"Policy\":\"", "\"}}")]
    [InlineData("s3", "GetBucketPolicy", "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::", "/*\"}]}")]
    public async Task Bytes_that_are_no_text_are_no_answer_though_they_stand_in_quotes(string service, string operation, string before, string after)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(before), 0xFF, .. Encoding.ASCII.GetBytes(after)];
        var transport = new StubTransport(() => new HttpResponseMessage { Content = new ByteArrayContent(body) });

        var problem = await transport.FailAsync(StubTransport.Call(service, operation, Inputs.Required(service, operation)));

        Assert.Equal(AwsErrorKind.Malformed, problem.Kind);
    }

    [Theory]
    [InlineData("kms", "ListKeys", "{\"Keys\":", "[", "]", "}")]
    [InlineData("kms", "ListKeys", "{\"Keys\":[],\"New\":", "[", "]", "}")]
    [InlineData("s3", "GetBucketVersioning", "<VersioningConfiguration>", "<Status>", "</Status>", "</VersioningConfiguration>")]
    public async Task Answers_that_nest_without_end_are_none(string service, string operation, string before, string open, string close, string after)
    {
        var wire = before + string.Concat(Enumerable.Repeat(open, 10_000)) + string.Concat(Enumerable.Repeat(close, 10_000)) + after;

        Assert.Equal(AwsErrorKind.Malformed, (await StubTransport.Of(wire).FailAsync(StubTransport.Call(service, operation, Inputs.Required(service, operation)))).Kind);
    }

    [Fact]
    public async Task A_policy_that_nests_without_end_is_kept_as_text()
    {
        var policy = string.Concat(Enumerable.Repeat("[", 10_000));

        Assert.Contains(policy, await StubTransport.Of($"<GetRolePolicyResponse><GetRolePolicyResult><PolicyDocument>{policy}</PolicyDocument></GetRolePolicyResult></GetRolePolicyResponse>").DecodeAsync(StubTransport.Call("iam", "GetRolePolicy", Inputs.Required("iam", "GetRolePolicy"))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_signed_request_follows_nobody_to_another_host(int status)
    {
        foreach (var (service, operation) in new[] { ("kms", "ListKeys"), ("iam", "ListUsers"), ("s3", "ListBuckets"), ("lambda", "ListFunctions"), ("s3", "GetBucketVersioning") })
        {
            var transport = StubTransport.Of("", status, "Location: https://elsewhere.example/");

            await transport.FailAsync(StubTransport.Call(service, operation, Inputs.Required(service, operation)));

            Assert.All(transport.Requests, request => Assert.EndsWith(".amazonaws.com", request.RequestUri!.Host, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_body_that_cannot_be_decompressed_is_no_answer()
    {
        var problem = new InvalidDataException("The archive entry was compressed using an unsupported compression method.");
        var transport = new StubTransport(() => new HttpResponseMessage { Content = new StreamContent(new Refusing(problem)) });

        Assert.Equal(AwsErrorKind.Malformed, (await transport.FailAsync(StubTransport.Call("kms", "ListKeys"))).Kind);
    }

    [Fact]
    public async Task Text_in_many_pieces_is_joined_in_one_pass()
    {
        var pieces = string.Concat(Enumerable.Repeat("a<![CDATA[b]]>", 250_000));
        var before = GC.GetTotalAllocatedBytes();

        var decoded = await StubTransport.Of($"<GetTopicAttributesResponse><GetTopicAttributesResult><Attributes><entry><key>Policy</key><value>{pieces}</value></entry></Attributes></GetTopicAttributesResult></GetTopicAttributesResponse>")
            .DecodeAsync(StubTransport.Call("sns", "GetTopicAttributes", Inputs.Required("sns", "GetTopicAttributes")));

        Assert.Equal(500_000, JsonNode.Parse(decoded)!["Attributes"]!["Policy"]!.GetValue<string>().Length);

        // Joined piece by piece it would take some 250 GB.
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 10L << 30);
    }

    private sealed class Refusing(Exception problem) : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count) => throw problem;

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromException<int>(problem);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromException<int>(problem);
    }
}
