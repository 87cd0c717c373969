@{
    RootModule             = 'module/CloudPosture.psm1'
    ModuleVersion          = '0.1.0'
    GUID                   = 'c9648504-1af3-4020-8dbd-e45361f1e2b8'
    Author                 = 'CloudPosture contributors'
    CompanyName            = 'CloudPosture'
    Copyright              = '(c) CloudPosture contributors'
    Description            = 'Connects AWS accounts for read-only assessment, harvests their configuration politely, and tells what is wrong, as objects in the pipeline.'
    CompatiblePSEditions   = @('Desktop', 'Core')
    PowerShellVersion      = '5.1'
    DotNetFrameworkVersion = '4.7.2'
    FormatsToProcess       = @('module/CloudPosture.format.ps1xml')
    CmdletsToExport        = @(
        'Approve-DelegationRequest'
        'Assert-Posture'
        'Compare-PostureHarvest'
        'Complete-DelegationRequest'
        'Complete-PostureHarvest'
        'Deny-DelegationRequest'
        'Disable-PostureConnection'
        'Enable-PostureConnection'
        'Export-PostureBaseline'
        'Export-PostureGraph'
        'Export-PostureReport'
        'Export-PostureTemplate'
        'Get-DelegationRequest'
        'Get-PostureAccess'
        'Get-PostureBenchmark'
        'Get-PostureConnection'
        'Get-PostureEscalation'
        'Get-PostureException'
        'Get-PostureExposure'
        'Get-PostureFinding'
        'Get-PostureGap'
        'Get-PostureHarvest'
        'Get-PosturePolicy'
        'Get-PostureRelation'
        'Get-PostureReport'
        'Get-PostureResource'
        'Get-PostureRole'
        'Get-PostureRule'
        'Get-PostureTrend'
        'Import-PostureConnection'
        'Import-PostureException'
        'Invoke-PostureHarvest'
        'New-PostureConnection'
        'New-PostureException'
        'New-PostureOrganizationRole'
        'New-PostureRole'
        'Publish-PostureFinding'
        'Receive-DelegationNotification'
        'Register-DelegationRequest'
        'Remove-PostureConnection'
        'Remove-PostureException'
        'Remove-PostureHarvest'
        'Remove-PostureRole'
        'Send-DelegationRequest'
        'Send-PostureAlert'
        'Set-PostureConnection'
        'Set-PostureException'
        'Test-PostureConnection'
        'Test-PostureFramework'
        'Test-PosturePolicy'
        'Wait-DelegationRequest'
    )
    FunctionsToExport      = @()
    VariablesToExport      = @()
    AliasesToExport        = @()
    PrivateData            = @{
        PSData = @{
            Tags = @('AWS', 'Security', 'CSPM', 'Compliance', 'CIS', 'Audit', 'Posture', 'PSEdition_Desktop', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
        }
    }
}
