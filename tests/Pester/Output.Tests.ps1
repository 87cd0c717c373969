#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

# Names and tags are written by whoever may write in an account. The lake of these tests holds one finding a hostile name.
Describe 'Output of names that others chose' {
    BeforeAll {
        . "$PSScriptRoot/Sandbox.ps1"
        $sandbox = Start-Sandbox -Accounts 1 -Regions 1
        New-PostureConnection -Name org -ExternalId $sandbox.ExternalId -MemberRole $sandbox.Role -CredentialSource Default | Out-Null
        $harvest = Invoke-PostureHarvest
        $escape = [char] 27
        $names = "$escape]0;owned$([char] 7)$escape[2J", '##vso[task.complete result=Failed]', '##[error]no', '=cmd|'' /C calc''!A0', "two`r`nlines", "$([char] 0x202E)txt.exe"
        $hostile = foreach ($name in $names) {
            $finding = Get-PostureFinding -Status Fail | Select-Object -First 1
            $finding.GetType().GetProperty('ResourceName').SetValue($finding, $name)
            $finding.GetType().GetProperty('AccountName').SetValue($finding, $name)
            $finding.GetType().GetProperty('Evidence').SetValue($finding, $name)
            $finding
        }
    }

    AfterAll {
        Stop-Sandbox $sandbox
    }

    It 'steers no terminal in a <_>' -ForEach 'Format-Table', 'Format-List' {
        if (Test-Path variable:PSStyle) { $PSStyle.OutputRendering = 'PlainText' }
        $shown = $hostile | & $_ | Out-String -Width 400
        $shown -replace '[\r\n]' | Should -Not -Match '[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]'
        $shown | Should -Not -Match '(?m)^lines'
        $shown | Should -Match 'cmd'
    }

    It 'gives an Azure pipeline no command to run' {
        $script = 'param($manifest) Import-Module $manifest; [CloudPosture.PowerShell.Display]::Text("##vso[task.complete]##[error]")'
        $env:TF_BUILD = 'True'
        try {
            $shell = (Get-Process -Id $PID).Path
            & $shell -NoProfile -Command "& { $script } '$PSScriptRoot/../../CloudPosture.psd1'" | Should -Not -Match '##(vso)?\['
        }
        finally {
            Remove-Item env:TF_BUILD
        }
    }

    It 'keeps every character in the objects, and so in JSON and CSV' {
        $back = $hostile | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv
        $back.ResourceName | Should -Be $names
        ($hostile | ConvertTo-Json | ConvertFrom-Json).ResourceName | Should -Be $names
    }

    It 'leaves no formula in a spreadsheet, by the words of the help' {
        $code = [regex]::Match((Get-Content "$PSScriptRoot/../../module/help/about_CloudPosture.md" -Raw), '(?s)Expression = \{ (?<code>\$_\.ResourceName -replace .+?) \} \}').Groups['code'].Value
        ($hostile | ForEach-Object { & ([scriptblock]::Create($code)) }) -match '^[=+@\t\r-]' | Should -BeNullOrEmpty
    }

    It 'writes names for enumerations in JSON where they are asked for, and flat values everywhere' -Skip:($PSEdition -ne 'Core') {
        $json = Get-PostureFinding -Status Fail | Select-Object -First 1 | ConvertTo-Json -EnumsAsStrings | ConvertFrom-Json
        $json.Status | Should -Be 'Fail'
        $json.PSObject.Properties.TypeNameOfValue | Should -Not -Match 'PSCustomObject|\[\]'
    }

    It 'groups and sorts by severity, the worst first' {
        (Get-PostureFinding -Status Fail | Sort-Object Severity -Descending | Select-Object -First 1).Severity | Should -Be 'Critical'
        (Get-PostureFinding -Status Fail | Group-Object Severity -NoElement).Count | Should -BeGreaterThan 2
    }

    It 'works in a <_>' -ForEach @(Get-Command Start-Job, Start-ThreadJob -ErrorAction Ignore).Name {
        $work = { param($manifest) Import-Module $manifest; Invoke-PostureHarvest -Connection org -Service sts, s3 }
        $job = & $_ -ScriptBlock $work -ArgumentList (Resolve-Path "$PSScriptRoot/../../CloudPosture.psd1").Path
        $result = $job | Wait-Job | Receive-Job -ErrorAction Stop
        $job | Remove-Job
        $result.AccountId | Should -Be $harvest.AccountId
        "$($result.Status)" | Should -Be 'Complete'
    }
}
