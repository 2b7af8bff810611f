import Model
import Text

/// Names by which secrets are known, and what is made of such a file of the team's own: it is nobody's
/// package data. What code names in full is shipped all the same, because it would not run otherwise;
/// `include` ships whatever it names. Each is told.
struct SecretName: Sendable {
  let glob: Glob
  /// What such files hold, in the plural: the message ends with it.
  let holds: String
  /// Whether code that names it needs it: `load_dotenv(".env")` goes on without.
  let isNeededWhenNamed: Bool

  private init(_ pattern: String, _ holds: String, isNeededWhenNamed: Bool = true) {
    glob = Glob(pattern)
    self.holds = holds
    self.isNeededWhenNamed = isNeededWhenNamed
  }

  /// What a file's name says; nil for most, and for Python sources (`secrets.py` is code).
  static func find(_ name: some StringProtocol) -> SecretName? {
    let name = name.lowercased()
    guard !name.hasSuffix(".py"), !name.hasSuffix(".pyi") else { return nil }
    return all.first { $0.glob.matches(name) }
  }

  private static let all: [SecretName] = [
    // https://github.com/motdotla/dotenv#should-i-commit-my-env-file
    SecretName(
      "{.env,.env.*}", "variables for one machine, passwords among them", isNeededWhenNamed: false),
    SecretName("*.env", "variables for one machine, passwords among them"),
    // https://www.gnu.org/software/inetutils/manual/html_node/The-_002enetrc-file.html
    SecretName("{.netrc,_netrc}", "passwords"),
    // ssh-keygen(1), FILES
    SecretName("{id_rsa,id_dsa,id_ecdsa,id_ed25519}", "private keys"),
    // RFC 7468, RFC 7292, keytool(1)
    SecretName("*.{pem,key,p12,pfx,jks}", "keys"),
    // What the consoles of AWS (`credentials.csv`, `~/.aws/credentials`) and Google call their downloads.
    SecretName(
      "{credentials,credentials.*,credentials*.json,credentials*.csv,credentials*.ini}",
      "credentials"),
    SecretName(
      "{service-account*.json,service_account*.json,serviceaccount*.json}", "private keys"),
    SecretName("secrets.*", "secrets"),
    // https://developer.hashicorp.com/terraform/language/state/sensitive-data
    SecretName("{*.tfstate,*.tfstate.*}", "passwords in plain text"),
    // https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/
    SecretName("{kubeconfig,kubeconfig.*,*.kubeconfig}", "credentials of clusters"),
    // pg_dump(1), mysqldump(1), redis-cli(1): "dump" is what their manuals call the file.
    SecretName("{*.dump,dump.*,*dump.sql,*.sql.gz,*.rdb}", "the data of a database"),
    // Emacs (File Names), Vim (swap-file): an earlier state of a file that was thought better of.
    SecretName("{*~,*.swp,*.swo,.#*,#*#,*.bak,*.orig}", "earlier states of other files"),
  ]
}
