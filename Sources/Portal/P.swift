import CArgon2
import Crypto
import Hummingbird
import Mustache
import Yams
import Store
import Lifecycle
package func hello() -> Int { 1 }
