"""Creates resources in moto's server with boto3 and prints, as one JSON list, calls that read them: {"service", "operation", "input"}.

Names hold what XML and JSON must escape. Usage: moto_scenario.py ENDPOINT REGION
"""
import io
import json
import sys
import zipfile

import boto3

endpoint, region = sys.argv[1:]
AWKWARD = 'a <b> & "c" \'d\' é 漢字 😀'
TRUST = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole", "Condition": {"StringEquals": {"sts:ExternalId": "a+b%20c"}}}]})
ALLOW = json.dumps({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": ["s3:Get*"], "Resource": "*"}})
calls = []


def client(service):
    return boto3.client(service, endpoint_url=endpoint, region_name=region, aws_access_key_id="test", aws_secret_access_key="test")


def read(service, operation, **arguments):
    calls.append({"service": service, "operation": operation, "input": arguments})


def identity():
    iam = client("iam")
    for index in range(5):
        iam.create_user(UserName=f"user-{index}", Path="/staff/", Tags=[{"Key": "note", "Value": "plain"}])
    iam.create_access_key(UserName="user-0")
    iam.create_group(GroupName="admins")
    iam.add_user_to_group(GroupName="admins", UserName="user-1")
    iam.create_role(RoleName="reader", AssumeRolePolicyDocument=TRUST, Description="R&D <team>")
    iam.put_role_policy(RoleName="reader", PolicyName="inline", PolicyDocument=ALLOW)
    policy = iam.create_policy(PolicyName="own", PolicyDocument=ALLOW)["Policy"]["Arn"]
    iam.attach_role_policy(RoleName="reader", PolicyArn=policy)
    iam.create_virtual_mfa_device(VirtualMFADeviceName="phone")
    iam.create_account_alias(AccountAlias="example")
    iam.update_account_password_policy(MinimumPasswordLength=14)
    for operation in ("GetAccountSummary", "GetAccountPasswordPolicy", "ListAccountAliases", "ListVirtualMFADevices", "ListServerCertificates", "ListUsers", "ListRoles"):
        read("iam", operation)
    for kind in ("User", "Group", "Role", "LocalManagedPolicy"):
        read("iam", "GetAccountAuthorizationDetails", Filter=[kind])
    read("iam", "GetRole", RoleName="reader")
    read("iam", "GetRolePolicy", RoleName="reader", PolicyName="inline")
    read("iam", "GetPolicyVersion", PolicyArn=policy, VersionId="v1")
    read("iam", "GetRole", RoleName="nobody")
    read("iam", "ListUsers", MaxItems=2)
    read("sts", "GetCallerIdentity")


def storage():
    s3 = client("s3")
    for name in ("plain-bucket", "locked-bucket"):
        s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": region})
    s3.put_bucket_policy(Bucket="locked-bucket", Policy=json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}]}))
    s3.put_bucket_tagging(Bucket="locked-bucket", Tagging={"TagSet": [{"Key": "note", "Value": AWKWARD}]})
    s3.put_bucket_versioning(Bucket="locked-bucket", VersioningConfiguration={"Status": "Enabled"})
    s3.put_public_access_block(Bucket="locked-bucket", PublicAccessBlockConfiguration={"BlockPublicAcls": True, "IgnorePublicAcls": False, "BlockPublicPolicy": True, "RestrictPublicBuckets": True})
    s3.put_bucket_encryption(Bucket="locked-bucket", ServerSideEncryptionConfiguration={"Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]})
    s3.put_bucket_ownership_controls(Bucket="locked-bucket", OwnershipControls={"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]})
    read("s3", "ListBuckets")
    for operation in ("GetBucketLocation", "GetBucketEncryption", "GetBucketPolicy", "GetBucketAcl", "GetPublicAccessBlock", "GetBucketVersioning", "GetBucketLogging", "GetBucketOwnershipControls", "GetBucketTagging"):
        for name in ("plain-bucket", "locked-bucket", "no-such-bucket"):
            read("s3", operation, Bucket=name)
    efs = client("efs")
    created = efs.create_file_system(CreationToken="one", Encrypted=True, Tags=[{"Key": "Name", "Value": AWKWARD}])
    read("efs", "DescribeFileSystems")
    read("efs", "DescribeFileSystemPolicy", FileSystemId=created["FileSystemId"])


def machines():
    ec2 = client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.9.0.0/16", TagSpecifications=[{"ResourceType": "vpc", "Tags": [{"Key": "Name", "Value": AWKWARD}]}])["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.9.1.0/24")["Subnet"]["SubnetId"]
    group = ec2.create_security_group(GroupName="web", Description="R&D", VpcId=vpc)["GroupId"]
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "0.0.0.0/0", "Description": "all"}], "Ipv6Ranges": [{"CidrIpv6": "::/0"}]}])
    ec2.run_instances(ImageId="ami-12c6146b", MinCount=2, MaxCount=2, SubnetId=subnet, SecurityGroupIds=[group])
    volume = ec2.create_volume(AvailabilityZone=region + "a", Size=8, Encrypted=True)["VolumeId"]
    snapshot = ec2.create_snapshot(VolumeId=volume, Description="one")["SnapshotId"]
    ec2.modify_snapshot_attribute(SnapshotId=snapshot, Attribute="createVolumePermission", OperationType="add", GroupNames=["all"])
    ec2.allocate_address(Domain="vpc")
    for operation in ("DescribeInstances", "DescribeSecurityGroups", "DescribeNetworkAcls", "DescribeVpcs", "DescribeSubnets", "DescribeRouteTables", "DescribeFlowLogs", "DescribeVolumes", "DescribeAddresses", "DescribeVpcEndpoints", "DescribeVpcPeeringConnections", "GetEbsEncryptionByDefault"):
        read("ec2", operation)
    read("ec2", "DescribeSnapshots", SnapshotIds=[snapshot])
    read("ec2", "DescribeSnapshotAttribute", SnapshotId=snapshot, Attribute="createVolumePermission")
    read("ec2", "DescribeRegions", AllRegions=True)
    read("ec2", "DescribeSecurityGroups", Filters=[{"Name": "group-name", "Values": ["web"]}])
    read("ec2", "DescribeVolumes", VolumeIds=["vol-00000000000000000"])
    rds = client("rds")
    rds.create_db_instance(DBInstanceIdentifier="db", DBInstanceClass="db.t3.micro", Engine="postgres", MasterUsername="admin1", MasterUserPassword="not-a-secret-1", AllocatedStorage=20, Tags=[{"Key": "note", "Value": AWKWARD}])
    rds.create_db_snapshot(DBInstanceIdentifier="db", DBSnapshotIdentifier="snap")
    read("rds", "DescribeDBInstances")
    read("rds", "DescribeDBSnapshots")
    read("rds", "DescribeDBSnapshotAttributes", DBSnapshotIdentifier="snap")
    awslambda = client("lambda")
    code = io.BytesIO()
    with zipfile.ZipFile(code, "w") as archive:
        archive.writestr("index.py", "")
    awslambda.create_function(FunctionName="job", Runtime="python3.12", Role="arn:aws:iam::123456789012:role/reader", Handler="index.handler", Code={"ZipFile": code.getvalue()}, Environment={"Variables": {"NOTE": AWKWARD}})
    awslambda.add_permission(FunctionName="job", StatementId="one", Action="lambda:InvokeFunction", Principal="s3.amazonaws.com")
    read("lambda", "ListFunctions")
    read("lambda", "GetPolicy", FunctionName="job")
    read("lambda", "GetPolicy", FunctionName="arn:aws:lambda:%s:123456789012:function:job" % region)
    read("lambda", "GetPolicy", FunctionName="nobody")


def messages():
    topic = client("sns").create_topic(Name="alerts", Attributes={"DisplayName": AWKWARD})["TopicArn"]
    read("sns", "ListTopics")
    read("sns", "GetTopicAttributes", TopicArn=topic)
    read("sns", "GetTopicAttributes", TopicArn=topic + "x")
    queue = client("sqs").create_queue(QueueName="jobs", Attributes={"DelaySeconds": "5"})["QueueUrl"]
    read("sqs", "ListQueues")
    read("sqs", "GetQueueAttributes", QueueUrl=queue, AttributeNames=["All"])
    logs = client("logs")
    logs.create_log_group(logGroupName="/trail")
    logs.put_metric_filter(logGroupName="/trail", filterName="root", filterPattern='{ $.userIdentity.type = "Root" }', metricTransformations=[{"metricName": "m", "metricNamespace": "n", "metricValue": "1"}])
    read("logs", "DescribeLogGroups")
    read("logs", "DescribeMetricFilters")
    client("cloudwatch").put_metric_alarm(AlarmName=AWKWARD, MetricName="m", Namespace="n", Period=300, EvaluationPeriods=1, Threshold=1.5, ComparisonOperator="GreaterThanThreshold", Statistic="Sum", AlarmActions=[topic])
    read("cloudwatch", "DescribeAlarms")
    client("events").create_event_bus(Name="bus")
    read("events", "ListEventBuses")
    secret = client("secretsmanager").create_secret(Name="secret", SecretString="x", Description=AWKWARD)["ARN"]
    read("secretsmanager", "ListSecrets")
    read("secretsmanager", "GetResourcePolicy", SecretId=secret)


def governance():
    kms = client("kms")
    key = kms.create_key(Description=AWKWARD)["KeyMetadata"]["KeyId"]
    kms.enable_key_rotation(KeyId=key)
    read("kms", "ListKeys")
    read("kms", "DescribeKey", KeyId=key)
    read("kms", "GetKeyRotationStatus", KeyId=key)
    read("kms", "GetKeyPolicy", KeyId=key, PolicyName="default")
    read("kms", "DescribeKey", KeyId="00000000-0000-0000-0000-000000000000")
    trail = client("cloudtrail")
    trail.create_trail(Name="main", S3BucketName="plain-bucket", IsMultiRegionTrail=True)
    trail.start_logging(Name="main")
    read("cloudtrail", "DescribeTrails")
    read("cloudtrail", "GetTrailStatus", Name="main")
    read("cloudtrail", "GetEventSelectors", TrailName="main")
    organizations = client("organizations")
    organizations.create_organization(FeatureSet="ALL")
    root = organizations.list_roots()["Roots"][0]["Id"]
    organizations.create_organizational_unit(ParentId=root, Name="R&D")
    for index in range(3):
        organizations.create_account(AccountName=f"Account {index}", Email=f"a{index}@example.com")
    read("organizations", "DescribeOrganization")
    read("organizations", "ListAccounts")
    read("organizations", "ListRoots")
    read("organizations", "ListOrganizationalUnitsForParent", ParentId=root)
    read("organizations", "ListPolicies", Filter="SERVICE_CONTROL_POLICY")
    config = client("config")
    config.put_configuration_recorder(ConfigurationRecorder={"name": "default", "roleARN": "arn:aws:iam::123456789012:role/reader"})
    read("config", "DescribeConfigurationRecorders")
    read("config", "DescribeConfigurationRecorderStatus")
    guard = client("guardduty").create_detector(Enable=True)["DetectorId"]
    read("guardduty", "ListDetectors")
    read("guardduty", "GetDetector", DetectorId=guard)
    client("account").put_alternate_contact(AlternateContactType="SECURITY", Name=AWKWARD, Title="t", EmailAddress="a@example.com", PhoneNumber="+1")
    read("account", "GetAlternateContact", AlternateContactType="SECURITY")
    client("cloudfront").create_distribution(DistributionConfig={"CallerReference": "1", "Comment": AWKWARD, "Enabled": True, "Origins": {"Quantity": 1, "Items": [{"Id": "o", "DomainName": "o.s3.amazonaws.com", "S3OriginConfig": {"OriginAccessIdentity": ""}}]}, "DefaultCacheBehavior": {"TargetOriginId": "o", "ViewerProtocolPolicy": "allow-all", "MinTTL": 0, "ForwardedValues": {"QueryString": False, "Cookies": {"Forward": "none"}}}})
    read("cloudfront", "ListDistributions")
    client("apigateway").create_rest_api(name="rest", description=AWKWARD)
    read("apigateway", "GetRestApis")
    client("apigatewayv2").create_api(Name="web", ProtocolType="HTTP", Tags={"note": AWKWARD})
    read("apigatewayv2", "GetApis")
    read("elasticloadbalancing", "DescribeLoadBalancers")
    client("glacier").create_vault(accountId="-", vaultName="vault")
    read("glacier", "ListVaults", accountId="-")


def catalogs():
    ecr = client("ecr")
    repository = ecr.create_repository(repositoryName="team/app", imageScanningConfiguration={"scanOnPush": True}, encryptionConfiguration={"encryptionType": "KMS"}, tags=[{"Key": "note", "Value": AWKWARD}])["repository"]["repositoryArn"]
    ecr.create_repository(repositoryName="bare")
    ecr.put_lifecycle_policy(repositoryName="team/app", lifecyclePolicyText=json.dumps({"rules": [{"rulePriority": 1, "description": AWKWARD, "selection": {"tagStatus": "untagged", "countType": "imageCountMoreThan", "countNumber": 1}, "action": {"type": "expire"}}]}))
    ecr.set_repository_policy(repositoryName="team/app", policyText=json.dumps({"Version": "2012-10-17", "Statement": [{"Sid": "pull", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:root"}, "Action": ["ecr:BatchGetImage"]}]}))
    read("ecr", "DescribeRepositories")
    read("ecr", "DescribeRepositories", maxResults=1)
    for name in ("team/app", "bare", "nobody"):
        read("ecr", "GetRepositoryPolicy", repositoryName=name)
        read("ecr", "GetLifecyclePolicy", repositoryName=name)
        read("ecr", "BatchGetRepositoryScanningConfiguration", repositoryNames=[name])
    read("ecr", "ListTagsForResource", resourceArn=repository)
    read("ecr", "GetRegistryScanningConfiguration")
    portfolios = client("servicecatalog")
    portfolio = portfolios.create_portfolio(DisplayName="Landing zone", ProviderName="R&D", IdempotencyToken="1")["PortfolioDetail"]["Id"]
    portfolios.create_portfolio_share(PortfolioId=portfolio, AccountId="444455556666")
    read("servicecatalog", "ListPortfolios", PageSize=20)
    read("servicecatalog", "DescribePortfolioShares", PortfolioId=portfolio, Type="ACCOUNT", PageSize=100)
    read("securityhub", "DescribeHub")
    client("securityhub").enable_security_hub()
    read("securityhub", "DescribeHub")
    parameters = client("docdb")
    parameters.create_db_cluster_parameter_group(DBClusterParameterGroupName="own", DBParameterGroupFamily="docdb5.0", Description=AWKWARD)
    read("docdb", "DescribeDBClusterParameterGroups", MaxRecords=100)
    read("docdb", "DescribeDBClusterParameters", DBClusterParameterGroupName="own")
    read("docdb", "DescribeDBClusters", Filters=[{"Name": "engine", "Values": ["docdb"]}])
    read("docdb", "DescribeDBClusterSnapshots", Filters=[{"Name": "engine", "Values": ["docdb"]}])
    read("docdb", "DescribeDBClusterSnapshotAttributes", DBClusterSnapshotIdentifier="nobody")


for create in (identity, storage, machines, messages, governance, catalogs):
    create()
print(json.dumps(calls))
