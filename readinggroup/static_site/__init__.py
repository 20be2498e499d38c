"""The site as files that need no server: every page as a visitor gets it, with relative links.

The pages are not made a second time: the views are asked as an anonymous visitor would ask them, so what nobody outside
may see is not there to be written. `addresses` knows which addresses are ours and how the files are called, `visitor`
asks, `pages`, `assets` and `feeds` turn what came into something that stands alone, `building` goes from link to link,
and `folder` puts the result in place in one step.
"""

from readinggroup.static_site.building import StaticSite
from readinggroup.static_site.folder import FolderRefused, replacing

__all__ = ["FolderRefused", "StaticSite", "replacing"]
