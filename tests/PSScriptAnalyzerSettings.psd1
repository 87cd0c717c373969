@{
    Severity     = @('Error', 'Warning')
    ExcludeRules = @(
        # What Pester's blocks hand on to each other, and a script's functions take from it, looks unused within one block.
        'PSUseDeclaredVarsMoreThanAssignments'
        'PSReviewUnusedParameter'
        # The helpers of the tests change nothing that anybody would want to be asked about.
        'PSUseShouldProcessForStateChangingFunctions'
    )
}
