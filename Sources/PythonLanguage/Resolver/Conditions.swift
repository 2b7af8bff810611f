import Model

extension PythonResolver {
  /// Something that can be the case for a function; the graph's nodes of kind `condition`.
  enum Condition: Hashable, Sendable {
    /// A function that has several handlers is called.
    case called(FunctionID)
    /// Code of this party imports names that it computes.
    case importsDynamically(Party)
    case walksFolders(Party)
    /// Both of them.
    case loadsPlugins(Party)
    /// Code of this distribution lists what could be modules of packages that it is given.
    case listsModules(Party)
    /// Code of this party lists the modules of the whole path, and imports names that it computes.
    case listsTopModules(Party)
    case loadsTopModules(Party)
    case anyoneLoadsTopModules
    /// Some code, whoever's it is, asks for entry points.
    case anyoneReadsEntryPoints
    /// Some code, whoever's it is, imports names that it computes.
    case anyoneImportsDynamically
    /// First-party code walks folders and imports what it computes, or a distribution lists modules
    /// and does so.
    case anyoneLoadsPlugins
    /// Every module of a package.
    case wholePackage(ModuleRef)
    case wholeDistribution(DistributionID)
    case wholeEnvironment
    /// `from package import *`
    case star(ModuleRef)
    /// A distribution is declared for the function.
    case declared(DistributionID)
    /// Optional imports of it are followed: it is declared, or somebody has it in mind.
    case admitted(DistributionID)
    /// With an extra of it.
    case extra(DistributionID, String)
    /// The import at the top on this line of a module has not failed.
    case passed(NodeID, UInt32)
    /// Both are reached.
    case proviso(NodeID, NodeID)
    /// Code of a distribution is used.
    case uses(DistributionID)
    /// Every folder of data that a rule chooses from, by the rule's position.
    case everyFolder(Int)
    /// Some code imports the module of this name of packages that it is given.
    case importsTail(Name)
    /// Some code loads source files by their path.
    case anyoneLoadsFiles
    /// A path leads to this folder of the team's own.
    case namedFolder(Int32)
    /// Some name, this one, or any one at all, is asked of a module that loads lazily.
    case asked(NodeID)
    case export(NodeID, Name)
    case bound(NodeID)
  }
}
