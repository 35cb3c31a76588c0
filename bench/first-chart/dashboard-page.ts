import '@datainsight/embed/provider/define'
import '@datainsight/embed/dashboard/define'

/** One `<di-dashboard>` with one tile, as a host app writes it. */
const provider = document.createElement('di-provider')
provider.apiUrl = location.origin
provider.getToken = async () => 'not-looked-at'
const dashboard = document.createElement('di-dashboard')
dashboard.dashboardId = 'bench'
dashboard.addEventListener('di-ready', () => document.documentElement.setAttribute('data-drawn', ''))
provider.append(dashboard)
document.getElementById('host')?.append(provider)
