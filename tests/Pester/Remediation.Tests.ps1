#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'The PowerShell of remediations' {
    BeforeAll {
        Import-Module "$PSScriptRoot/../../CloudPosture.psd1" -Force
        $verbs = (Get-Verb).Verb + 'Sort', 'Where', 'ForEach'
        $scripts = foreach ($rule in Get-PostureRule | Where-Object RemediationPowerShell) {
            $errors = $null
            $text = $rule.RemediationPowerShell -replace '<[^<>]*>', 'x' -replace '\{(resource(Id|Arn|Name)|region|accountId)\}', 'x'
            $tree = [System.Management.Automation.Language.Parser]::ParseInput($text, [ref] $null, [ref] $errors)
            $commands = $tree.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)
            [pscustomobject] @{ RuleId = $rule.RuleId; Errors = $errors; Names = @($commands | ForEach-Object { $_.GetCommandName() }); Commands = $commands }
        }
    }

    It 'is there for every rule' { Get-PostureRule | Where-Object { -not $_.RemediationPowerShell } | ForEach-Object RuleId | Should -BeNullOrEmpty }

    It 'parses' { $scripts | Where-Object Errors | ForEach-Object { "$($_.RuleId): $($_.Errors[0].Message)" } | Should -BeNullOrEmpty }

    It 'names cmdlets by an approved verb' {
        $scripts | ForEach-Object { foreach ($name in $_.Names) { if ($name -notmatch '^([A-Z][A-Za-z]+)-[A-Z]\w+$' -or $Matches[1] -notin $verbs) { "$($_.RuleId): $name" } } } | Should -BeNullOrEmpty
    }

    It 'names each parameter once' {
        $twice = foreach ($script in $scripts) {
            foreach ($command in $script.Commands) {
                $names = $command.CommandElements | Where-Object { $_ -is [System.Management.Automation.Language.CommandParameterAst] } | ForEach-Object ParameterName
                $names | Group-Object | Where-Object Count -gt 1 | ForEach-Object { "$($script.RuleId): -$($_.Name)" }
            }
        }
        $twice | Should -BeNullOrEmpty
    }
}
