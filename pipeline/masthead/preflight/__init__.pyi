from . import isolation as isolation
from .checking import check as check
from .profiles import DEFAULT as DEFAULT
from .profiles import PROFILES as PROFILES
from .profiles import Profile as Profile
from .profiles import profile as profile
from .rulebook import CHECKS as CHECKS
from .verdict import Report as Report
